package org.dunlin.contact.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.attoparser.AbstractMarkupHandler;
import org.attoparser.MarkupParser;
import org.attoparser.ParseException;
import org.attoparser.config.ParseConfiguration;

/** Goes through a layout in HTML with the parser that Thymeleaf uses, and refuses what it does not know to be harmless. */
final class HtmlCheck extends AbstractMarkupHandler {

    private static final Set<String> PLACING =
            Set.of("th:text", "th:lang", "th:alt", "th:title", "th:if", "th:unless", "th:each");
    private static final Set<String> STYLING = Set.of("th:style", "th:classappend");
    private static final Set<String> FORBIDDEN_ELEMENTS = Set.of(
            "script",
            "iframe",
            "frame",
            "object",
            "embed",
            "applet",
            "form",
            "input",
            "button",
            "textarea",
            "select",
            "link",
            "base",
            "svg",
            "math",
            "template",
            "audio",
            "video",
            "source");
    private static final Pattern DANGEROUS_STYLE = Pattern.compile(
            "url\\s*\\(|@import|expression\\s*\\(|javascript:|behaviou?r\\s*:", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("(https://|mailto:|tel:|#).*", Pattern.DOTALL);
    private static final Pattern PICTURE =
            Pattern.compile("(https://|data:image/(png|jpeg|gif);base64,).*", Pattern.DOTALL);

    private record Attribute(String name, String value, int line) {}

    private record Open(String element, Scope scope) {}

    private final String file;
    private final LayoutModel model;
    private final List<TemplateProblem> problems = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private boolean inStyle;

    private HtmlCheck(String file, LayoutModel model) {
        this.file = file;
        this.model = model;
        open.push(new Open("", new Scope(model.roots())));
    }

    static List<TemplateProblem> check(String file, String content, LayoutModel model) {
        HtmlCheck check = new HtmlCheck(file, model);
        ParseConfiguration html = ParseConfiguration.htmlConfiguration();
        html.setElementBalancing(ParseConfiguration.ElementBalancing.NO_BALANCING);
        try {
            new MarkupParser(html).parse(content, check);
        } catch (ParseException e) {
            Integer line = e.getLine();
            check.problem(line == null ? 0 : line, "cannot be read: " + e.getMessage());
        }
        return check.problems;
    }

    private void problem(int line, String what) {
        problems.add(new TemplateProblem(file, line, what));
    }

    @Override
    public void handleStandaloneElementStart(
            char[] buffer, int nameOffset, int nameLen, boolean minimized, int line, int col) {
        attributes.clear();
    }

    @Override
    public void handleStandaloneElementEnd(
            char[] buffer, int nameOffset, int nameLen, boolean minimized, int line, int col) {
        element(new String(buffer, nameOffset, nameLen), line);
    }

    @Override
    public void handleOpenElementStart(char[] buffer, int nameOffset, int nameLen, int line, int col) {
        attributes.clear();
    }

    @Override
    public void handleOpenElementEnd(char[] buffer, int nameOffset, int nameLen, int line, int col) {
        String name = new String(buffer, nameOffset, nameLen);
        open.push(new Open(name, element(name, line)));
        inStyle |= name.equalsIgnoreCase("style");
    }

    @Override
    public void handleCloseElementStart(char[] buffer, int nameOffset, int nameLen, int line, int col) {
        close(new String(buffer, nameOffset, nameLen));
    }

    @Override
    public void handleUnmatchedCloseElementStart(char[] buffer, int nameOffset, int nameLen, int line, int col) {
        close(new String(buffer, nameOffset, nameLen));
    }

    private void close(String name) {
        inStyle &= !name.equalsIgnoreCase("style");
        if (open.stream().anyMatch(element -> element.element().equalsIgnoreCase(name))) {
            while (!open.pop().element().equalsIgnoreCase(name)) {
                // Elements whose end was left out end here too.
            }
        }
    }

    @Override
    public void handleAttribute(
            char[] buffer,
            int nameOffset,
            int nameLen,
            int nameLine,
            int nameCol,
            int operatorOffset,
            int operatorLen,
            int operatorLine,
            int operatorCol,
            int valueContentOffset,
            int valueContentLen,
            int valueOuterOffset,
            int valueOuterLen,
            int valueLine,
            int valueCol) {
        String name = new String(buffer, nameOffset, nameLen);
        attributes.put(
                name.toLowerCase(Locale.ROOT),
                new Attribute(name, unescaped(new String(buffer, valueContentOffset, valueContentLen)), nameLine));
    }

    /** What can hide an expression in an attribute. */
    private static String unescaped(String value) {
        return org.unbescape.html.HtmlEscape.unescapeHtml(value);
    }

    /** Checks an element with its attributes. @return the scope within it */
    private Scope element(String name, int line) {
        String element = name.toLowerCase(Locale.ROOT);
        if (FORBIDDEN_ELEMENTS.contains(element) || element.contains(":") && !element.equals("th:block")) {
            problem(line, "<" + name + "> cannot be used in a message");
        }
        Scope scope = open.element().scope();
        Attribute each = attributes.get("th:each");
        if (each != null) {
            List<String> wrong = new ArrayList<>();
            scope = Expression.each(each.value(), scope, wrong);
            wrong.forEach(what -> problem(each.line(), what));
        }
        for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
            attribute(attribute.getKey(), attribute.getValue(), element, scope);
        }
        return scope;
    }

    private void attribute(String name, Attribute attribute, String element, Scope scope) {
        String value = attribute.value();
        if (name.equals("th:each")) {
            return;
        }
        if (PLACING.contains(name) || STYLING.contains(name) || name.equals("th:href") || name.equals("th:src")) {
            expression(name, attribute, scope);
        } else if (name.startsWith("th:") || name.startsWith("data-th-")) {
            problem(attribute.line(), attribute.name() + " cannot be used; possible are " + possible());
        } else if (name.startsWith("on")
                || name.equals("srcdoc")
                || name.equals("http-equiv")
                || name.equals("srcset")) {
            problem(attribute.line(), attribute.name() + " cannot be used in a message");
        } else if (name.startsWith("xmlns")) {
            return;
        } else if (name.contains("href") || name.equals("action") || name.equals("background")) {
            if (!LINK.matcher(value.strip()).matches() || !element.equals("a")) {
                problem(attribute.line(), "a link leads to https://, mailto: or tel:, not to " + value);
            }
        } else if (name.equals("src") && !PICTURE.matcher(value.strip()).matches()) {
            problem(
                    attribute.line(),
                    "a picture comes from https:// or stands in the page as data:image/, not " + value);
        } else if (name.equals("style") && DANGEROUS_STYLE.matcher(value).find()) {
            problem(attribute.line(), "a style cannot load or run anything");
        }
        inlining(value, attribute.line());
    }

    private static String possible() {
        return String.join(", ", new java.util.TreeSet<>(PLACING)) + ", "
                + String.join(", ", new java.util.TreeSet<>(STYLING)) + ", th:href, th:src";
    }

    private void expression(String name, Attribute attribute, Scope scope) {
        Expression.Checked checked = Expression.check(attribute.value(), scope);
        checked.problems().forEach(what -> problem(attribute.line(), name + ": " + what));
        if (!checked.problems().isEmpty()) {
            return;
        }
        Set<String> allowed = name.equals("th:href") ? model.addresses() : model.pictures();
        boolean leads = name.equals("th:href") || name.equals("th:src");
        if (leads
                && !(attribute.value().strip().matches("\\$\\{\\s*[A-Za-z0-9.]+\\s*}")
                        && allowed.containsAll(checked.paths()))) {
            problem(attribute.line(), name + " takes one of " + new java.util.TreeSet<>(allowed) + " and nothing else");
        }
        if (name.equals("th:style")
                && DANGEROUS_STYLE.matcher(attribute.value()).find()) {
            problem(attribute.line(), "a style cannot load or run anything");
        }
    }

    @Override
    public void handleText(char[] buffer, int offset, int len, int line, int col) {
        String text = new String(buffer, offset, len);
        inlining(unescaped(text), line);
        if (inStyle && DANGEROUS_STYLE.matcher(text).find()) {
            problem(line, "a style cannot load or run anything");
        }
    }

    private void inlining(String text, int line) {
        if (text.contains("[[") || text.contains("[(")) {
            problem(line, "[[ and [( cannot be used here; place a text with th:text");
        }
    }

    @Override
    public void handleComment(
            char[] buffer, int contentOffset, int contentLen, int outerOffset, int outerLen, int line, int col) {
        String comment = new String(buffer, contentOffset, contentLen);
        if (comment.startsWith("/*") || comment.contains("th:") || comment.contains("[[") || comment.contains("[(")) {
            problem(line, "a comment cannot hold anything of Thymeleaf");
        }
    }

    @Override
    public void handleCDATASection(
            char[] buffer, int contentOffset, int contentLen, int outerOffset, int outerLen, int line, int col) {
        problem(line, "CDATA cannot be used in a message");
    }

    @Override
    public void handleDocType(
            char[] buffer,
            int keywordOffset,
            int keywordLen,
            int keywordLine,
            int keywordCol,
            int elementNameOffset,
            int elementNameLen,
            int elementNameLine,
            int elementNameCol,
            int typeOffset,
            int typeLen,
            int typeLine,
            int typeCol,
            int publicIdOffset,
            int publicIdLen,
            int publicIdLine,
            int publicIdCol,
            int systemIdOffset,
            int systemIdLen,
            int systemIdLine,
            int systemIdCol,
            int internalSubsetOffset,
            int internalSubsetLen,
            int internalSubsetLine,
            int internalSubsetCol,
            int outerOffset,
            int outerLen,
            int outerLine,
            int outerCol) {
        if (typeLen + publicIdLen + systemIdLen + internalSubsetLen > 0) {
            problem(keywordLine, "the document type is <!DOCTYPE html>, and nothing more");
        }
    }

    @Override
    public void handleProcessingInstruction(
            char[] buffer,
            int targetOffset,
            int targetLen,
            int targetLine,
            int targetCol,
            int contentOffset,
            int contentLen,
            int contentLine,
            int contentCol,
            int outerOffset,
            int outerLen,
            int line,
            int col) {
        problem(line, "<? ?> cannot be used in a message");
    }
}
