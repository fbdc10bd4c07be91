package org.dunlin.demo;

import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.ManagementService;
import org.dunlin.platform.clock.ClockSetting;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.scoring.DailyRun;
import org.dunlin.scoring.DailyRunProcess;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/**
 * What happened in the weeks before somebody looks at the demo for the first time. The portfolio is loaded as it stood two weeks
 * ago and these days are played, so that ladders have been climbed, messages sent, calls are waiting and some have paid.
 */
@Component
@Conditional(DemoCondition.class)
class Prelude {

    static final Duration LENGTH = Duration.ofDays(14);

    private final DemoBusiness business;
    private final DunlinClock clock;
    private final ClockSetting setting;
    private final TimeMachine timeMachine;
    private final DailyRun dailyRun;
    private final ManagementService management;

    Prelude(
            DemoBusiness business,
            DunlinClock clock,
            ClockSetting setting,
            TimeMachine timeMachine,
            DailyRun dailyRun,
            ManagementService management) {
        this.business = business;
        this.clock = clock;
        this.setting = setting;
        this.timeMachine = timeMachine;
        this.dailyRun = dailyRun;
        this.management = management;
    }

    /** Plays the first time; does nothing afterwards, except to end what an interrupted start began. */
    void play() {
        if (!business.isLoaded()) {
            Instant now = clock.instant();
            setting.moveBy(LENGTH.negated());
            clock.runFrom(now.minus(LENGTH));
            dailyRunFromToday();
            business.loadOnce();
            dailyRun.requestNow();
            timeMachine.moveTo(now);
        } else if (setting.movedBy().isNegative()) {
            timeMachine.moveTo(clock.instant().minus(setting.movedBy()));
        }
    }

    /** Its timer was set when the models were deployed, two weeks later. */
    private void dailyRunFromToday() {
        management
                .createJobQuery()
                .processDefinitionKey(DailyRunProcess.KEY)
                .timers()
                .list()
                .forEach(timer -> management.recalculateJobDuedate(timer.getId(), false));
    }
}
