package org.dunlin.demo;

import org.dunlin.platform.DunlinProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** True in demo mode, see {@link DunlinProperties#demoMode()}. */
final class DemoCondition implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                .bindOrCreate("dunlin", DunlinProperties.class)
                .demoMode();
    }
}
