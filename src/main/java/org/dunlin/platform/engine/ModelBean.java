package org.dunlin.platform.engine;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/** A bean that models may name in an expression. Every other bean is out of their reach. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Component
public @interface ModelBean {

    /** The name models use; a part of the language designers write in, so it is given explicitly. */
    @AliasFor(annotation = Component.class, attribute = "value")
    String value();
}
