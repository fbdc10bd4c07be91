package org.dunlin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.HoldNotices;
import org.dunlin.dunning.chance.Staff;
import org.dunlin.dunning.chance.Town;
import org.dunlin.dunning.chance.Watch;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/** Test on the whole product with an embedded PostgreSQL; jobs and workers are driven by hand. One context for all of them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@Import({
    TestSupport.class,
    Portfolio.class,
    Slate.class,
    Timeline.class,
    org.dunlin.dunning.Debtor.class,
    org.dunlin.dunning.LadderTable.class,
    Town.class,
    Staff.class,
    Watch.class,
    org.dunlin.dunning.CasesAtACall.class,
    org.dunlin.agency.AgencyDesk.class,
    org.dunlin.agency.AgencyCrashes.class,
    ContactCases.class,
    HoldNotices.class,
    org.dunlin.contact.post.PostalFolderAtWork.class
})
public @interface DunlinTest {}
