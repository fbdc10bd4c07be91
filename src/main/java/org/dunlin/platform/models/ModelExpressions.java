package org.dunlin.platform.models;

import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ArrayELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;

/**
 * Evaluates the expressions of models, stored filters and decision tables with nothing in reach but variables and the beans
 * made for models. There is no resolver for properties of arbitrary objects, so {@code getClass} and everything behind it
 * cannot be written.
 */
class ModelExpressions extends JuelExpressionManager {

    private final ModelBeans beans;

    ModelExpressions(ModelBeans beans) {
        this.beans = beans;
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolvers = new CompositeELResolver();
        // Before the variables, so that nobody breaks a case by giving a variable the name of a bean.
        resolvers.add(new ModelBeanResolver(beans));
        resolvers.add(new VariableScopeElResolver());
        resolvers.add(new VariableContextElResolver());
        resolvers.add(new ScopeProperties());
        resolvers.add(new ArrayELResolver(true));
        resolvers.add(new ListELResolver(true));
        resolvers.add(new MapELResolver(true));
        return resolvers;
    }
}
