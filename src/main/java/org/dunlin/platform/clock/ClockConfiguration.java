package org.dunlin.platform.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.dunlin.platform.DunlinProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    /** A day begins for the product when an early office opens. */
    private static final LocalTime MORNING = LocalTime.of(7, 0);

    @Bean
    DunlinClock clock(DunlinProperties properties, ClockSetting setting) {
        DunlinClock clock = new DunlinClock(Clock.systemUTC());
        LocalDate asOf = properties.clock();
        if (asOf != null) {
            clock.runFrom(asOf.atTime(MORNING).toInstant(ZoneOffset.UTC));
        }
        if (properties.clockCanBeMoved()) {
            Duration moved = setting.movedBy();
            if (!moved.isZero()) {
                clock.runFrom(clock.instant().plus(moved));
            }
        }
        return clock;
    }
}
