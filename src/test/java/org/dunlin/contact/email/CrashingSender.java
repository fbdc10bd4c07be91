package org.dunlin.contact.email;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Instant;
import java.util.TimeZone;
import org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration;
import org.camunda.bpm.spring.boot.starter.webapp.CamundaBpmWebappAutoConfiguration;
import org.dunlin.Portfolio;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.HoldNotices;
import org.dunlin.contact.delivery.CrashPoint;
import org.dunlin.contact.delivery.CrashPoint.Point;
import org.dunlin.platform.clock.DunlinClock;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * A process of its own that sends what is left over, then begins a case or a hold, and is gone in the middle of its message: no clean-up,
 * no shutdown hooks, as if somebody pulled the plug. The product's own beans, without web server.
 */
public final class CrashingSender {

    static final int GONE = 42;
    static final String NOWHERE = "nowhere";
    static final String BEGUN = "begun ";

    /** What to begin. */
    enum What {
        RUNG,
        NOTICE
    }

    private CrashingSender() {}

    /** Arguments: JDBC URL, port of the mail server, instant, the point at which to be gone, and what to begin. */
    public static void main(String[] args) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        ConfigurableApplicationContext product = new SpringApplicationBuilder(Beans.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--dunlin.database.url=" + args[0],
                        "--dunlin.database.user=postgres",
                        "--dunlin.demo=false",
                        "--dunlin.job-executor=false",
                        "--dunlin.admin.user=admin",
                        "--dunlin.admin.password=a-test-password",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + args[1],
                        "--spring.jmx.enabled=false");
        product.getBean(DunlinClock.class).freezeAt(Instant.parse(args[2]));
        EmailWorker worker = product.getBean(EmailWorker.class);
        ContactCases cases = product.getBean(ContactCases.class);
        cases.drain(worker);
        if (!args[3].equals(NOWHERE)) {
            Point point = Point.valueOf(args[3]);
            // Numbers begin anew in each process.
            for (int used = 0; used < point.ordinal() * 100; used++) {
                Portfolio.unique("used");
            }
            System.out.println(BEGUN + begin(product, What.valueOf(args[4])));
            product.getBean(Plug.class).pulledAt = point;
            cases.drain(worker);
        }
        Runtime.getRuntime().halt(0);
    }

    /** Address and process instance. */
    private static String begin(ConfigurableApplicationContext product, What what) {
        if (what == What.NOTICE) {
            HoldNotices.Told told = product.getBean(HoldNotices.class).dispute("disputeRejected");
            return told.address() + " " + told.process();
        }
        ContactCases.Case begun = product.getBean(ContactCases.class).waiting("100.00");
        return begun.address() + " " + begun.ladder();
    }

    /** Halts at one point, once somebody has said where. */
    static final class Plug implements CrashPoint {

        private volatile Point pulledAt;

        @Override
        public void reached(Point point) {
            if (point == pulledAt) {
                System.out.flush();
                Runtime.getRuntime().halt(GONE);
            }
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                CamundaBpmWebappAutoConfiguration.class,
                CamundaBpmRestJerseyAutoConfiguration.class
            })
    @ConfigurationPropertiesScan("org.dunlin")
    @ComponentScan(
            basePackages = "org.dunlin",
            excludeFilters = {
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern =
                                "org\\.dunlin\\.(Dunlin|platform\\.security\\.(?!CurrentUser$).*|desk\\..*|demo\\..*|intake\\..*|contact\\.pages\\..*)"),
                @ComponentScan.Filter({TestComponent.class, TestConfiguration.class})
            })
    @Import({Portfolio.class, ContactCases.class, HoldNotices.class})
    static class Beans {

        @Bean
        Plug plug() {
            return new Plug();
        }

        /** The cases ask for it; the real one is with the parent process. */
        @Bean
        GreenMail unusedMailServer() {
            return new GreenMail(ServerSetup.SMTP.dynamicPort());
        }
    }
}
