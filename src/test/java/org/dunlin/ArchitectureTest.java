package org.dunlin;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.Worker;

@AnalyzeClasses(packages = "org.dunlin", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule time_comes_from_the_injected_clock = noClasses()
            .should(callMethod(Instant.class, "now"))
            .orShould(callMethod(LocalDate.class, "now"))
            .orShould(callMethod(LocalDateTime.class, "now"))
            .orShould(callMethod(ZonedDateTime.class, "now"))
            .orShould(callMethod(OffsetDateTime.class, "now"))
            .orShould(callMethod(System.class, "currentTimeMillis"))
            .because("tests, the demo and past ledgers live at another time");

    @ArchTest
    static final ArchRule only_the_clock_asks_the_machine_for_the_time = noClasses()
            .that()
            .resideOutsideOfPackage("org.dunlin.platform.clock")
            .should(callMethod(Clock.class, "systemUTC"))
            .orShould(callMethod(Clock.class, "systemDefaultZone"));

    @ArchTest
    static final ArchRule money_is_never_floating_point = noFields()
            .that()
            .haveNameMatching("(?i).*(amount|open|gross|total|price|sum|limit|minimum)$")
            .should()
            .haveRawType(double.class)
            .orShould()
            .haveRawType(Double.class)
            .orShould()
            .haveRawType(float.class);

    @ArchTest
    static final ArchRule fields_are_final_or_belong_to_the_engine_room = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(ModelBean.class)
            .should()
            .beFinal()
            .because("one bean serves all cases at the same time");

    @ArchTest
    static final ArchRule delegates_are_named_by_models_through_their_bean =
            classes().that().implement(JavaDelegate.class).should().beAnnotatedWith(ModelBean.class);

    @ArchTest
    static final ArchRule the_ledger_knows_no_engine = noClasses()
            .that(resideInAnyPackage("org.dunlin.receivables.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.camunda..");

    @ArchTest
    static final ArchRule workers_are_paused_with_the_engine = classes()
            .that()
            .implement(Worker.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .beAnnotatedWith(org.springframework.stereotype.Component.class);
}
