package org.dunlin.platform.security;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call an endpoint: members of one of these groups ({@link Groups}), and administrators. Stands on a handler method, or
 * on a controller for all its methods. An endpoint without a rule is refused for everybody.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Roles {

    /** Group ids; empty for administrators only. */
    String[] value();

    /** Everybody of the house who is logged in; not the users of agencies. */
    @Documented
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Everyone {}

    /** Also who is not logged in. The path must be public in the filter before it too, so this alone opens nothing. */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Anonymous {}
}
