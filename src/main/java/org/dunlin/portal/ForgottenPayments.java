package org.dunlin.portal;

import java.time.Duration;
import org.dunlin.platform.engine.Worker;
import org.springframework.stereotype.Component;

/**
 * Asks the payment service by itself about payments that it has not told us about, because we were away for longer than it tries or
 * because it cannot reach us. Who has paid must not be reminded again.
 */
@Component
class ForgottenPayments implements Worker {

    private static final int AT_A_TIME = 20;

    private final PaymentNews news;

    ForgottenPayments(PaymentNews news) {
        this.news = news;
    }

    @Override
    public int runOnce() {
        return news.lookUpForgotten(AT_A_TIME);
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMinutes(1);
    }
}
