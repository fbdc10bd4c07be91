package org.dunlin.platform.models;

import java.beans.FeatureDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Iterator;
import org.camunda.bpm.impl.juel.TypeConverter;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MethodNotFoundException;
import org.camunda.bpm.impl.juel.jakarta.el.PropertyNotWritableException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Lets an expression name a bean made for models and call its methods. It is the only way for an expression to call anything:
 * a method on whatever else is refused, values of variables and {@code execution} included.
 */
class ModelBeanResolver extends ELResolver {

    private final ModelBeans beans;

    ModelBeanResolver(ModelBeans beans) {
        this.beans = beans;
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        if (base == null && property instanceof String name && beans.contains(name)) {
            context.setPropertyResolved(true);
            return beans.get(name);
        }
        return null;
    }

    @Override
    public @Nullable Object invoke(
            ELContext context, Object base, Object method, Class<?> @Nullable [] types, Object @Nullable [] arguments) {
        context.setPropertyResolved(true);
        Object[] values = arguments == null ? new Object[0] : arguments;
        if (!beans.isModelBean(base)) {
            throw new MethodNotFoundException("Models may call methods of model beans only: not '" + method + "' of a "
                    + base.getClass().getSimpleName());
        }
        for (Method candidate :
                ModelBeans.methods(AopUtils.getTargetClass(base), String.valueOf(method), values.length)) {
            Object[] converted = convert(values, candidate.getParameterTypes());
            if (converted != null) {
                return call(base, candidate, converted);
            }
        }
        throw new MethodNotFoundException(
                "Model bean " + AopUtils.getTargetClass(base).getSimpleName() + " has no method '" + method
                        + "' for these " + values.length + " arguments");
    }

    private static @Nullable Object call(Object bean, Method method, Object[] arguments) {
        Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
        ReflectionUtils.makeAccessible(invocable);
        try {
            return invocable.invoke(bean, arguments);
        } catch (IllegalAccessException e) {
            throw new ELException(e);
        } catch (InvocationTargetException e) {
            throw new ELException(e.getTargetException());
        }
    }

    private static Object @Nullable [] convert(Object[] values, Class<?>[] types) {
        Object[] converted = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null && !types[i].isPrimitive() || types[i].isInstance(value)) {
                converted[i] = value;
                continue;
            }
            try {
                converted[i] = TypeConverter.DEFAULT.convert(value, types[i]);
            } catch (ELException e) {
                return null;
            }
        }
        return converted;
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
        if (base == null && property instanceof String name && beans.contains(name)) {
            throw new PropertyNotWritableException("The bean '" + name + "' cannot be replaced");
        }
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }
}
