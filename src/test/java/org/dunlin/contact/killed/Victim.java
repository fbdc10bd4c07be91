package org.dunlin.contact.killed;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration;
import org.camunda.bpm.spring.boot.starter.webapp.CamundaBpmWebappAutoConfiguration;
import org.dunlin.Portfolio;
import org.dunlin.agency.AgencyDeaths;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.HoldNotices;
import org.dunlin.contact.Workers;
import org.dunlin.contact.delivery.CrashPoint.Point;
import org.dunlin.contact.post.PostalFolderAtWork;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.Worker;
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
 * A process of its own, with the product's beans but without web server, that begins a message per kind and point, stops in the middle of
 * each, and then waits for its end: no clean-up, no shutdown hooks, as if somebody pulled the plug.
 */
public final class Victim {

    static final String BEGUN = "begun ";
    static final String READY = "ready to die";
    static final int GAVE_UP = 3;

    /** What is begun besides messages to agencies and print runs. */
    enum What {
        EMAIL("EmailWorker"),
        NOTICE("EmailWorker"),
        SMS("SmsWorker"),
        VOICE("VoiceWorker"),
        LETTER("LetterWorker");

        final String worker;

        What(String worker) {
            this.worker = worker;
        }
    }

    private final ConfigurableApplicationContext product;
    private final Parking parking;
    private final ContactCases cases;

    private Victim(ConfigurableApplicationContext product) {
        this.product = product;
        this.parking = product.getBean(Parking.class);
        this.cases = product.getBean(ContactCases.class);
    }

    /**
     * Arguments: the instant, where numbers begin, the job that forms a print run, the run that a postal service is to fetch, its folder, and
     * properties.
     */
    public static void main(String[] args) throws InterruptedException {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        List<String> properties = List.of(args).subList(5, args.length);
        ConfigurableApplicationContext product = new SpringApplicationBuilder(Beans.class)
                .web(WebApplicationType.NONE)
                .run(properties.toArray(String[]::new));
        // Most of those who stop hold a connection.
        product.getBean(HikariDataSource.class).getHikariConfigMXBean().setMaximumPoolSize(50);
        product.getBean(DunlinClock.class).freezeAt(Instant.parse(args[0]));
        for (int used = 0; used < Integer.parseInt(args[1]); used++) {
            Portfolio.unique("used");
        }
        Victim victim = new Victim(product);
        victim.messages();
        victim.agencies();
        victim.inTheBackground(() -> product.getBean(ManagementService.class).executeJob(args[2]));
        victim.inTheBackground(
                () -> product.getBean(PostalFolderAtWork.class).submit(Long.parseLong(args[3]), Path.of(args[4])));
        System.out.println(READY);
        System.out.flush();
        Parking.forEver();
    }

    private void messages() throws InterruptedException {
        for (What what : What.values()) {
            for (Point point : Point.values()) {
                String address = begin(what);
                parking.park(point.name(), worker(what.worker)::runOnce);
                begun(what.name(), point.name(), address);
            }
        }
    }

    /** Process instance and where the message goes to. */
    private String begin(What what) {
        if (what == What.NOTICE) {
            HoldNotices.Told told = product.getBean(HoldNotices.class).dispute("disputeRejected");
            return told.process() + " " + told.address();
        }
        if (what == What.EMAIL) {
            ContactCases.Case begun = cases.waiting("100.00");
            return begun.ladder() + " " + begun.address();
        }
        ContactCases.Case begun = cases.waitingFor(Channel.valueOf(what.name()), "NL", "en", "100.00");
        return begun.ladder() + " " + cases.phone(begun);
    }

    /** Confirms the hand-overs that wait for it, half of them to an agency with e-mail, the others to one with a folder. */
    private void agencies() throws InterruptedException {
        TaskService tasks = product.getBean(TaskService.class);
        List<Task> handOvers = tasks.createTaskQuery()
                .taskDefinitionKey("confirmHandOver")
                .orderByTaskId()
                .asc()
                .list();
        List<String> points = AgencyDeaths.points();
        for (int i = 0; i < handOvers.size(); i++) {
            Task task = handOvers.get(i);
            boolean byMail = i < points.size();
            String point = points.get(i % points.size());
            tasks.complete(
                    task.getId(),
                    new HashMap<>(Map.of(
                            "outcome", "handedOver", "agency", byMail ? "benelux-incasso" : "advocaten-van-rijn")));
            parking.park(point, worker("AgencyWorker")::runOnce);
            begun(byMail ? "AGENCY_MAIL" : "AGENCY_FOLDER", point, task.getProcessInstanceId() + " -");
        }
    }

    private void inTheBackground(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> giveUp(e));
        thread.start();
    }

    private Worker worker(String name) {
        return Workers.named(name, product.getBeansOfType(Worker.class).values());
    }

    private static void begun(String what, String point, String rest) {
        System.out.println(BEGUN + what + " " + point + " " + rest);
    }

    static void giveUp(Throwable reason) {
        reason.printStackTrace(System.out);
        System.out.flush();
        Runtime.getRuntime().halt(GAVE_UP);
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
    @Import({Portfolio.class, ContactCases.class, HoldNotices.class, PostalFolderAtWork.class})
    static class Beans {

        @Bean
        Parking parking() {
            return new Parking();
        }

        @Bean
        AgencyDeaths agencyDeaths(Parking parking) {
            return new AgencyDeaths(parking::reached);
        }

        /** The cases ask for it; the real one is with the parent process. */
        @Bean
        GreenMail unusedMailServer() {
            return new GreenMail(ServerSetup.SMTP.dynamicPort());
        }
    }
}
