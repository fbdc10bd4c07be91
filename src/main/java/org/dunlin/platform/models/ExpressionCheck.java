package org.dunlin.platform.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.camunda.bpm.impl.juel.AstBracket;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Builder.Feature;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression before it is ever evaluated and says what in it models may not do. {@link ModelExpressions} would refuse
 * the same later, in a running case; here the designer hears it at deployment.
 */
class ExpressionCheck {

    /** The engine's own functions; all of them only read the clock or who is logged in. */
    private static final Set<String> FUNCTIONS = Set.of("currentUser", "currentUserGroups", "now", "dateTime");

    private final Builder builder = new Builder(Feature.METHOD_INVOCATIONS, Feature.VARARGS);
    private final ModelBeans beans;

    ExpressionCheck(ModelBeans beans) {
        this.beans = beans;
    }

    static boolean isExpression(String text) {
        return text.contains("${") || text.contains("#{");
    }

    /** What is wrong with the expressions in a text; a text without expressions is always right. */
    List<String> problems(String text) {
        if (!isExpression(text)) {
            return List.of();
        }
        Node root;
        try {
            root = builder.build(text).getRoot();
        } catch (ELException e) {
            return List.of("'" + shorten(text) + "' cannot be read as an expression: " + e.getMessage());
        }
        List<String> problems = new ArrayList<>();
        check(root, problems);
        return problems;
    }

    /** The name if the text is nothing but {@code ${name}}. */
    @Nullable
    String soleName(String text) {
        try {
            Node root = builder.build(text.strip()).getRoot();
            Node only = root.getCardinality() == 1 ? root.getChild(0) : null;
            return only instanceof AstIdentifier identifier ? identifier.getName() : null;
        } catch (ELException e) {
            return null;
        }
    }

    private void check(Node node, List<String> problems) {
        if (node instanceof AstMethod method) {
            checkCall(method, problems);
            return;
        }
        if (node instanceof AstFunction function && !FUNCTIONS.contains(function.getName())) {
            problems.add("the function " + function.getName() + "() does not exist");
        }
        if (node instanceof AstIdentifier identifier && beans.isForeign(identifier.getName())) {
            problems.add("'" + identifier.getName() + "' is not made for models");
        }
        if (node instanceof AstDot || node instanceof AstBracket) {
            checkProperty(node, problems);
        }
        children(node).forEach(child -> check(child, problems));
    }

    private void checkCall(AstMethod call, List<String> problems) {
        Node property = Objects.requireNonNull(call.getChild(0));
        Node arguments = Objects.requireNonNull(call.getChild(1));
        Node base = property.getChild(0);
        if (property instanceof AstDot dot && base instanceof AstIdentifier bean && beans.contains(bean.getName())) {
            String method = name(dot);
            if (ModelBeans.methods(beans.type(bean.getName()), method, arguments.getCardinality())
                    .isEmpty()) {
                problems.add("the bean '" + bean.getName() + "' has no method " + method + " with "
                        + arguments.getCardinality() + " arguments");
            }
        } else {
            String called = property instanceof AstDot dot ? name(dot) : "[...]";
            problems.add("only methods of beans made for models may be called, not " + called + "(...) of "
                    + (base instanceof AstIdentifier identifier ? "'" + identifier.getName() + "'" : "a value"));
            children(property).forEach(child -> check(child, problems));
        }
        check(arguments, problems);
    }

    private void checkProperty(Node node, List<String> problems) {
        if (!(node.getChild(0) instanceof AstIdentifier base)) {
            return;
        }
        Iterable<String> readable = ScopeProperties.READABLE.get(base.getName());
        String property = node instanceof AstDot dot ? name(dot) : "[...]";
        if (readable != null
                && StreamSupport.stream(readable.spliterator(), false).noneMatch(property::equals)) {
            problems.add("'" + property + "' of '" + base.getName() + "' is not for models; they may read " + readable);
        }
        if (beans.contains(base.getName())) {
            problems.add("the bean '" + base.getName() + "' has methods only, no property " + property);
        }
    }

    private static List<Node> children(Node node) {
        List<Node> children = new ArrayList<>();
        for (int i = 0; i < node.getCardinality(); i++) {
            Node child = node.getChild(i);
            if (child != null) {
                children.add(child);
            }
        }
        return children;
    }

    /** The parser keeps the name to itself, except here. */
    private static String name(AstDot dot) {
        return dot.toString().substring(". ".length());
    }

    private static String shorten(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 80 ? line.substring(0, 77) + "..." : line;
    }
}
