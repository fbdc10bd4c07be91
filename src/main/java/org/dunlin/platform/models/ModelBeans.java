package org.dunlin.platform.models;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.dunlin.platform.engine.ModelBean;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/** The beans that models may name, and what they may call on them: nothing else of the product is in their reach. */
@Component
class ModelBeans {

    private final ListableBeanFactory beans;
    private final SingletonSupplier<Set<String>> names;

    ModelBeans(ListableBeanFactory beans) {
        this.beans = beans;
        // The engine is built before most beans are known; the first model is read when all of them are.
        this.names = SingletonSupplier.of(() -> Set.of(beans.getBeanNamesForAnnotation(ModelBean.class)));
    }

    boolean contains(String name) {
        return names.obtain().contains(name);
    }

    /** Whether the name belongs to a bean that models may not use. */
    boolean isForeign(String name) {
        return !contains(name) && beans.containsBean(name);
    }

    Object get(String name) {
        return beans.getBean(name);
    }

    /** Class of a bean that models may name. */
    Class<?> type(String name) {
        Class<?> type = beans.getType(name);
        return type == null ? Object.class : ClassUtils.getUserClass(type);
    }

    /** Whether an object is one of these beans; values of variables never are. */
    boolean isModelBean(@Nullable Object object) {
        return object != null && AopUtils.getTargetClass(object).isAnnotationPresent(ModelBean.class);
    }

    /** What models may call: public methods that the bean's class gives, none that every object has. */
    static List<Method> methods(Class<?> type, String name, int parameters) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name)
                        && method.getParameterCount() == parameters
                        && method.getDeclaringClass() != Object.class
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isBridge()
                        && !method.isSynthetic())
                .toList();
    }
}
