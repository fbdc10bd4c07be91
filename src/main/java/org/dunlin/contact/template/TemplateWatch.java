package org.dunlin.contact.template;

import java.time.Duration;
import org.dunlin.platform.engine.Worker;
import org.springframework.stereotype.Component;

/** Notices that somebody of the business saved a file. */
@Component
class TemplateWatch implements Worker {

    private final Templates templates;

    TemplateWatch(Templates templates) {
        this.templates = templates;
    }

    @Override
    public int runOnce() {
        templates.refresh();
        return 0;
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofSeconds(2);
    }
}
