package org.dunlin;

import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

/** Objects made like the beans of the product, but with some parts of a test. */
public final class Variant {

    private Variant() {}

    /** @param parts by the names of the parameters of the constructor; all others are the beans of the product */
    public static <T> T of(Class<T> type, BeanFactory product, Map<String, ?> parts) {
        DefaultListableBeanFactory own = new DefaultListableBeanFactory(product);
        own.setAutowireCandidateResolver(new ContextAnnotationAutowireCandidateResolver());
        // Where the product has one as well, the name of the parameter decides.
        parts.forEach(own::registerSingleton);
        return type.cast(own.autowire(type, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false));
    }
}
