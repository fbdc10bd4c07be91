package org.dunlin.contact.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through a layout in plain text: {@code [(${place})]}, {@code [# th:if="…"]}, {@code [# th:each="…"]} and {@code [/]}. */
final class PlainCheck {

    private static final Pattern TAG = Pattern.compile(
            "\\[\\((?<place>.*?)\\)]|\\[#(?<begin>[^\\]]*)]|\\[/(?<end>[^\\]]*)]|\\[\\[|/\\*|<!--", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+th:(each|if|unless)=\"([^\"]*)\"");

    private PlainCheck() {}

    static List<TemplateProblem> check(String file, String content, LayoutModel model) {
        List<TemplateProblem> problems = new ArrayList<>();
        Deque<Scope> scopes = new ArrayDeque<>();
        scopes.push(new Scope(model.roots()));
        Matcher tag = TAG.matcher(content);
        while (tag.find()) {
            int line = 1
                    + (int) content.substring(0, tag.start()).lines().count()
                    - (tag.start() > 0 && content.charAt(tag.start() - 1) != '\n' ? 1 : 0);
            List<String> wrong = new ArrayList<>();
            if (tag.group("place") != null) {
                wrong.addAll(
                        Expression.check(tag.group("place"), scopes.element()).problems());
            } else if (tag.group("begin") != null) {
                scopes.push(begin(tag.group("begin"), scopes.element(), wrong));
            } else if (tag.group("end") != null) {
                if (!tag.group("end").isBlank()) {
                    wrong.add("the end of a part is [/]");
                } else if (scopes.size() == 1) {
                    wrong.add("[/] ends nothing");
                } else {
                    scopes.pop();
                }
            } else {
                wrong.add(tag.group() + " cannot be used here; place a text with [(${…})]");
            }
            wrong.forEach(what -> problems.add(new TemplateProblem(file, line, what)));
        }
        if (scopes.size() > 1 && problems.isEmpty()) {
            problems.add(new TemplateProblem(file, 0, "a part that begins with [# has no end [/]"));
        }
        return problems;
    }

    private static Scope begin(String attributes, Scope outer, List<String> wrong) {
        Matcher attribute = ATTRIBUTE.matcher(attributes);
        Scope scope = outer;
        int end = 0;
        List<String> conditions = new ArrayList<>();
        while (end < attributes.length() && attribute.find(end) && attribute.start() == end) {
            if (attribute.group(1).equals("each")) {
                scope = Expression.each(attribute.group(2), scope, wrong);
            } else {
                conditions.add(attribute.group(2));
            }
            end = attribute.end();
        }
        if (!attributes.substring(end).isBlank() || end == 0) {
            wrong.add("a part begins with [# th:if=\"…\"], [# th:unless=\"…\"] or [# th:each=\"…\"]");
        }
        Scope within = scope;
        conditions.forEach(
                condition -> wrong.addAll(Expression.check(condition, within).problems()));
        return scope;
    }
}
