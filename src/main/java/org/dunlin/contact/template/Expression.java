package org.dunlin.contact.template;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little of Thymeleaf's language that a layout may use: places, texts in quotes, one choice, and in a place comparison with nothing.
 * Whatever is not named here is refused, so nothing can be called, preprocessed, included or looked up.
 */
final class Expression {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<text>'[^']*')|(?<open>\\$\\{)|(?<close>})|(?<empty>#strings\\.isEmpty)"
                    + "|(?<path>[A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z][A-Za-z0-9]*)*)(?<call>\\(\\))?|(?<sign>==|!=|[?:+!()]))");
    private static final Pattern EACH = Pattern.compile(
            "\\s*([A-Za-z][A-Za-z0-9]*)\\s*(?:,\\s*([A-Za-z][A-Za-z0-9]*)\\s*)?:\\s*\\$\\{\\s*([A-Za-z0-9.]+)\\s*}\\s*");

    private final Scope scope;
    private final List<String> tokens = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private int at;

    private Expression(Scope scope) {
        this.scope = scope;
    }

    /**
     * What an expression says, as far as it can be used.
     *
     * @param paths the places it names
     */
    record Checked(List<String> problems, List<String> paths) {}

    static Checked check(String expression, Scope scope) {
        Expression it = new Expression(scope);
        if (it.read(expression)) {
            it.choice();
            if (it.problems.isEmpty() && it.at < it.tokens.size()) {
                it.unexpected();
            }
        }
        return new Checked(it.problems, it.paths);
    }

    /** The scope within a repetition; what is wrong with it goes into the list. */
    static Scope each(String expression, Scope scope, List<String> problems) {
        Matcher each = EACH.matcher(expression);
        if (!each.matches()) {
            problems.add("a repetition is written like line : ${mail.lines}, not " + expression);
            return scope;
        }
        Scope.Found list = scope.find(each.group(3));
        Optional<Type> element = list.type().flatMap(Scope::element);
        if (element.isEmpty()) {
            problems.add(list.type().isEmpty() ? list.problem() : each.group(3) + " is not a list");
            return scope;
        }
        Scope within = scope.with(each.group(1), element.get());
        String status = each.group(2) == null ? each.group(1) + "Stat" : each.group(2);
        return within.with(status, Scope.Status.class);
    }

    private boolean read(String expression) {
        Matcher token = TOKEN.matcher(expression);
        int end = 0;
        while (end < expression.length() && token.find(end) && token.start() == end) {
            tokens.add(token.group().strip());
            end = token.end();
        }
        if (!expression.substring(end).isBlank()) {
            problems.add("cannot be used here: " + expression.substring(end).strip());
            return false;
        }
        return true;
    }

    private void choice() {
        joined();
        if (take("?")) {
            joined();
            expect(":");
            joined();
        }
    }

    private void joined() {
        do {
            if (take("${")) {
                conditions();
                expect("}");
            } else if (at < tokens.size() && tokens.get(at).startsWith("'")) {
                at++;
            } else {
                unexpected();
                return;
            }
        } while (take("+"));
    }

    private void conditions() {
        do {
            condition();
        } while (take("and") || take("or"));
    }

    private void condition() {
        if (!take("not")) {
            take("!");
        }
        if (take("#strings.isEmpty")) {
            expect("(");
            place();
            expect(")");
            return;
        }
        place();
        if (take("==") || take("!=")) {
            if (!take("null") && !(at < tokens.size() && tokens.get(at).startsWith("'") && at++ >= 0)) {
                unexpected();
            }
        }
    }

    private void place() {
        String token = at < tokens.size() ? tokens.get(at) : "";
        if (!token.matches("[A-Za-z].*")) {
            unexpected();
            return;
        }
        at++;
        String path = token.replace("()", "");
        if (token.endsWith("()")) {
            if (!token.endsWith(".isEmpty()")) {
                problems.add("nothing can be called here: " + token);
                return;
            }
            path = token.substring(0, token.length() - ".isEmpty()".length());
        }
        Scope.Found found = scope.find(path);
        if (found.type().isEmpty()) {
            problems.add(found.problem());
        }
        paths.add(path);
    }

    private boolean take(String token) {
        if (problems.isEmpty() && at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!take(token)) {
            unexpected();
        }
    }

    private void unexpected() {
        if (problems.isEmpty()) {
            problems.add(at < tokens.size() ? "not understood: " + tokens.get(at) : "not complete");
        }
    }
}
