package org.dunlin.dunning.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;

/**
 * Throws any sequence of payments, part payments, returned payments, credit notes, disputes, promises, plans, blocks, changes of
 * segment, answers of people, days and days of silence at cases, a hundred debtors at a time, and looks every evening whether what
 * must be true is still true.
 *
 * <p>jqwik prints the seed, and when it fails the message has the debtor's story. The next run begins with the seed that failed;
 * {@code seed} of the property throws the same at any time, {@code -Djqwik.tries.default=100} throws ten times as much.
 */
@DunlinTest
class WhateverHappensTest {

    private static final Logger log = LoggerFactory.getLogger(WhateverHappensTest.class);
    private static final int AT_A_TIME = 100;

    @Autowired
    Slate slate;

    @Autowired
    Timeline timeline;

    @Autowired
    Town town;

    @Autowired
    Staff staff;

    @Autowired
    Watch watch;

    @Autowired
    JdbcClient jdbc;

    /** jqwik makes the instance, Spring fills it. */
    WhateverHappensTest() throws Exception {
        new TestContextManager(WhateverHappensTest.class).prepareTestInstance(this);
    }

    @Provide
    Arbitrary<Story> stories() {
        return Stories.of(AT_A_TIME);
    }

    @Property(shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void nothing_that_happens_on_the_way_breaks_a_case(@ForAll("stories") Story story) {
        slate.clean();
        timeline.startOn(story.begin());
        town.settle(story);
        staff.begin(town.debtors(), story);
        watch.begin();
        for (int day = 0; day <= story.days(); day++) {
            live(story, day);
        }
        log.info(
                "{} from {}: {} cases, {} contacts, {} holds, {} changes of ladder",
                story.days() + " days",
                story.begin(),
                count("dunning_case"),
                count("contact where state = 'SENT'"),
                count("hold"),
                count("ladder_change where from_ladder is not null"));
        log.info("What happened: {}; what people did: {}", town.happened(), staff.answered());
        assertThat(watch.broken().entrySet().stream()
                        .map(broken -> broken.getKey() + "\n    " + told(story, broken.getValue())))
                .isEmpty();
        if (daysAtWork(story) > 2) {
            assertThat(count("contact where state = 'SENT'")).isPositive();
        }
    }

    /** A story may be one of silence and week-ends only. */
    private static long daysAtWork(Story story) {
        return IntStream.rangeClosed(0, story.days())
                .filter(day -> story.begin().plusDays(day).getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue())
                .filter(day -> story.silence().stream().noneMatch(silence -> silence.on(day)))
                .count();
    }

    private void live(Story story, int day) {
        int today = day;
        List<Story.Silence> silence =
                story.silence().stream().filter(s -> s.on(today)).toList();
        boolean running = silence.isEmpty();
        if (day > 0) {
            if (running) {
                timeline.passDay();
                if (timeline.today().getDayOfWeek() != DayOfWeek.SATURDAY
                        && timeline.today().getDayOfWeek() != DayOfWeek.SUNDAY) {
                    watch.afterDailyRun();
                }
            } else {
                timeline.loseDay();
            }
            watch.contacts();
        }
        town.live(story, day);
        if (running) {
            staff.goToThePost();
            watch.posted();
            staff.work();
            timeline.settleDown();
            watch.endOfDay();
        }
    }

    private String told(Story story, Object customer) {
        int index = customer instanceof Long id ? town.debtors().indexOf(id) : -1;
        return story + (index < 0 ? "" : "\n" + story.debtors().get(index));
    }

    private long count(String what) {
        return jdbc.sql("select count(*) from " + what).query(Long.class).single();
    }
}
