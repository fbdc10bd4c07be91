package org.dunlin.contact.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.dunlin.DunlinTest;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.platform.engine.Worker;
import org.dunlin.scoring.Profiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class LearntContactsTest {

    private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 10);

    @Autowired
    LearntContacts learnt;

    @Autowired
    @Qualifier("emailWorker")
    Worker worker;

    @Autowired
    ContactCases cases;

    @Autowired
    Profiles profiles;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void everythingAsBefore() {
        cases.timeRunsAgain();
    }

    @Test
    void a_contact_that_was_made_is_counted_once_on_the_day_it_was_in_the_country_of_the_creditor() {
        Case dunningCase = cases.waiting("1250.00");
        learnt.handIn();
        assertThat(contacts(dunningCase, TUESDAY)).as("nothing was sent yet").isZero();

        cases.drain(worker);
        jdbc.sql("update contact set sent_at = '2026-03-10T23:30:00Z' where case_id = :id")
                .param("id", dunningCase.id())
                .update();
        learnt.handIn();
        learnt.handIn();

        assertThat(contacts(dunningCase, TUESDAY))
                .as("it is Wednesday in the Netherlands")
                .isZero();
        assertThat(contacts(dunningCase, TUESDAY.plusDays(1))).isEqualTo(1);
    }

    @Test
    void what_was_not_sent_costs_nothing() {
        Case dunningCase = cases.waiting("1250.00");
        cases.drain(worker);
        jdbc.sql("update contact set state = 'FAILED' where case_id = :id")
                .param("id", dunningCase.id())
                .update();

        learnt.handIn();

        assertThat(contacts(dunningCase, TUESDAY)).isZero();
    }

    private int contacts(Case dunningCase, LocalDate day) {
        profiles.refresh(List.of(dunningCase.customer()), day);
        return profiles.profile(dunningCase.customer()).contacts12Months();
    }
}
