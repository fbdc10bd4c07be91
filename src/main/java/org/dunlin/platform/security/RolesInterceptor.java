package org.dunlin.platform.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** Holds the rule of {@link Roles} before every handler; what has no rule is refused. */
@Component
class RolesInterceptor implements HandlerInterceptor {

    private final CurrentUser user;

    RolesInterceptor(CurrentUser user) {
        this.user = user;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (isAllowed(request, handler)) {
            return true;
        }
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
        return false;
    }

    private boolean isAllowed(HttpServletRequest request, Object handler) {
        if (handler instanceof HandlerMethod method) {
            if (ErrorController.class.isAssignableFrom(method.getBeanType())) {
                return request.getDispatcherType() == DispatcherType.ERROR;
            }
            Rule rule = Rule.of(method);
            return rule != null && rule.allows(user);
        }
        // Style sheets and scripts; the filter has let through only who may have them.
        return handler instanceof ResourceHttpRequestHandler;
    }

    /** The rule of one handler: that of the method, else that of its controller. */
    sealed interface Rule {

        boolean allows(CurrentUser user);

        static @Nullable Rule of(HandlerMethod method) {
            if (method.hasMethodAnnotation(Roles.Anonymous.class)) {
                return new Anonymous();
            }
            Roles onMethod = method.getMethodAnnotation(Roles.class);
            if (onMethod != null) {
                return new OneOf(onMethod.value());
            }
            if (method.hasMethodAnnotation(Roles.Everyone.class)) {
                return new Everyone();
            }
            Roles onType = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Roles.class);
            if (onType != null) {
                return new OneOf(onType.value());
            }
            return AnnotatedElementUtils.hasAnnotation(method.getBeanType(), Roles.Everyone.class)
                    ? new Everyone()
                    : null;
        }

        record Anonymous() implements Rule {
            @Override
            public boolean allows(CurrentUser user) {
                return true;
            }
        }

        record Everyone() implements Rule {
            @Override
            public boolean allows(CurrentUser user) {
                return user.login().isPresent() && !user.isOutsider();
            }
        }

        @SuppressWarnings("ArrayRecordComponent")
        record OneOf(String[] groups) implements Rule {
            @Override
            public boolean allows(CurrentUser user) {
                return user.login().isPresent() && user.isInAnyOf(groups);
            }
        }
    }
}
