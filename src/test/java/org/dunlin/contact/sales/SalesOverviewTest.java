package org.dunlin.contact.sales;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.internet.MimeMessage;
import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.sending.Sending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Once a week an account manager learns which of their customers are overdue. */
@DunlinTest
class SalesOverviewTest {

    private static final String KIM = "kim-of-sales";
    private static final String LEE = "lee-of-sales";

    @Autowired
    Slate slate;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    IdentityService identity;

    @Autowired
    SalesOverviewWorker worker;

    @Autowired
    Sending sending;

    @Autowired
    GreenMail mails;

    @Autowired
    JavaMailSenderImpl mailSettings;

    @Autowired
    JdbcClient jdbc;

    private long creditor;

    @BeforeEach
    void kimHasThreeCustomers() {
        slate.clean();
        jdbc.sql("delete from sales_overview").update();
        mailSettings.setPort(mails.getSmtp().getPort());
        timeline.startOn(LocalDate.of(2026, 2, 2));
        creditor = portfolio.creditor("NL");
        User kim = identity.newUser(KIM);
        kim.setFirstName("Kim");
        kim.setEmail("kim@creditor.example");
        kim.setPassword("Heron-on-the-roof-27");
        identity.saveUser(kim);
        customer("Small <b>BV</b>", "100.00", LocalDate.of(2026, 1, 20));
        long large = customer("Large NV", "9000.00", LocalDate.of(2026, 1, 10));
        portfolio.invoice(creditor, large, LocalDate.of(2026, 1, 30), "1000.00");
        customer("In time GmbH", "5000.00", LocalDate.of(2026, 2, 20));
    }

    @AfterEach
    void kimLeaves() {
        identity.deleteUser(KIM);
        identity.deleteUser(LEE);
        runtime.createProcessInstanceQuery()
                .processDefinitionKey("salesOverview")
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "test over"));
    }

    @Test
    void the_largest_amount_stands_first_and_who_is_in_time_is_not_mentioned() throws Exception {
        request();

        MimeMessage mail = only();
        assertThat(mail.getAllRecipients()[0]).hasToString("kim@creditor.example");
        assertThat(mail.getSubject()).isEqualTo("2 of your customers are overdue: €10,100.00");
        String text = body();
        assertThat(text).contains("Good morning Kim").doesNotContain("In time");
        assertThat(text.indexOf("Large NV")).isPositive().isLessThan(text.indexOf("Small"));
        assertThat(text).contains("2 invoices, the oldest 23 days overdue. Last step: Not contacted yet");
    }

    @Test
    void what_customers_and_colleagues_are_called_is_text_in_page_and_mail_and_no_header() throws Exception {
        String evil = "=x\r\nBcc: thief@example.com\r\n\r\n[(${7*7})] [[${7*7}]] <script>alert(1)</script>";
        User kim = identity.createUserQuery().userId(KIM).singleResult();
        kim.setFirstName(evil);
        identity.saveUser(kim);
        customer(evil, "50.00", LocalDate.of(2026, 1, 21));

        request();

        assertThat(jdbc.sql("select body_html from sales_overview")
                        .query(String.class)
                        .single())
                .contains("Small &lt;b&gt;BV&lt;/b&gt;", "[(${7*7})] [[${7*7}]] &lt;script&gt;")
                .doesNotContain("<b>BV", "<script");
        assertThat(jdbc.sql("select body_text from sales_overview")
                        .query(String.class)
                        .single())
                .contains("[(${7*7})] [[${7*7}]]")
                .doesNotContain("\nBcc", "49");
        MimeMessage mail = mails.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).doesNotContain("\r", "\n", "Bcc");
    }

    @Test
    void it_comes_once_a_week_however_often_it_is_asked_for() {
        request();
        request();
        assertThat(mails.getReceivedMessages()).hasSize(1);

        timeline.startOn(LocalDate.of(2026, 2, 9));
        request();
        assertThat(mails.getReceivedMessages()).hasSize(2);
    }

    /** Promise R6 for overviews. */
    @Test
    void an_overview_that_cannot_be_made_stops_only_itself() throws Exception {
        User lee = identity.newUser(LEE);
        lee.setFirstName("Lee");
        lee.setEmail("lee@creditor.example");
        lee.setPassword("Otter-in-the-attic-31");
        identity.saveUser(lee);
        long leesCustomer = customer("Lee's Ltd", "70.00", LocalDate.of(2026, 1, 20));
        jdbc.sql("update customer set account_manager = :lee where id = :id")
                .param("lee", LEE)
                .param("id", leesCustomer)
                .update();
        jdbc.sql(
                        "update invoice set currency = 'ZZZ' where customer_id = (select id from customer where name = 'Large NV')")
                .update();

        request();

        assertThat(mails.getReceivedMessages()).hasSize(1);
        assertThat(mails.getReceivedMessages()[0].getAllRecipients()[0]).hasToString("lee@creditor.example");
        assertThat(externalTasks
                        .createExternalTaskQuery()
                        .topicName("salesOverview")
                        .singleResult()
                        .getErrorMessage())
                .isEqualTo("IllegalArgumentException");
    }

    /** Promise R4 for overviews. */
    @Test
    void from_a_restored_back_up_none_goes_by_itself() {
        sending.stop("restored");
        try {
            request();
            assertThat(mails.getReceivedMessages()).isEmpty();
        } finally {
            sending.release("test");
        }
        while (worker.runOnce() > 0) {}
        assertThat(mails.getReceivedMessages()).hasSize(1);
    }

    @Test
    void who_cannot_log_in_gets_none() {
        jdbc.sql("update customer set account_manager = 'nobody'").update();

        request();

        assertThat(mails.getReceivedMessages()).isEmpty();
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("salesOverview")
                        .count())
                .isZero();
    }

    @Test
    void a_mail_server_that_is_away_delays_it_and_at_last_somebody_sees_an_incident() {
        mailSettings.setPort(1);
        request();
        assertThat(jdbc.sql("select count(*) from sales_overview")
                        .query(Integer.class)
                        .single())
                .as("certainly not sent, so it may be tried again")
                .isZero();
        var task = externalTasks
                .createExternalTaskQuery()
                .topicName("salesOverview")
                .singleResult();
        assertThat(task.getRetries()).isEqualTo(2);
        externalTasks.setRetries(task.getId(), 0);
        assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);

        mailSettings.setPort(mails.getSmtp().getPort());
        externalTasks.setRetries(task.getId(), 1);
        timeline.startOn(LocalDate.of(2026, 2, 3));
        while (worker.runOnce() > 0) {}
        assertThat(mails.getReceivedMessages()).hasSize(1);
    }

    private long customer(String name, String amount, LocalDate due) {
        long customer = portfolio.customer(Portfolio.unique("KIM"), "NL", "nl", 20);
        jdbc.sql("update customer set name = :name, account_manager = :kim where id = :id")
                .param("name", name)
                .param("kim", KIM)
                .param("id", customer)
                .update();
        portfolio.invoice(creditor, customer, due, amount);
        return customer;
    }

    private void request() {
        runtime.startProcessInstanceByMessage("contact.salesOverviewRequested");
        List.copyOf(management
                        .createJobQuery()
                        .processDefinitionKey("salesOverview")
                        .messages()
                        .list())
                .forEach(job -> management.executeJob(job.getId()));
        while (worker.runOnce() > 0) {}
    }

    private MimeMessage only() {
        assertThat(mails.getReceivedMessages()).hasSize(1);
        return mails.getReceivedMessages()[0];
    }

    private String body() {
        return jdbc.sql("select body_text from sales_overview")
                .query(String.class)
                .single();
    }
}
