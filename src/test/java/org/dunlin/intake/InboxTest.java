package org.dunlin.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.intake.IntakeReport.State;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Receivables;
import org.dunlin.receivables.RowProblem.Severity;
import org.dunlin.receivables.Signals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DunlinTest
class InboxTest {

    private static final String CREDITORS =
            "number,name,street,postalCode,city,country,language,timeZone,iban,bic,senderName,senderEmail,phone\n";
    private static final String INVOICES = "creditor,customer,number,issuedOn,dueOn,amount,currency\n";
    private static final String PAYMENTS = "creditor,customer,number,receivedOn,amount,currency,invoices\n";

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Receivables receivables;

    @Autowired
    TransactionTemplate transaction;

    @TempDir
    Path folder;

    private final String creditor = Portfolio.unique("OWN");
    private final String customer = Portfolio.unique("C");
    private TestInbox inbox;

    @BeforeEach
    void open() {
        inbox = new TestInbox(folder, context);
    }

    @AfterEach
    void close() {
        inbox.inbox.destroy();
    }

    // ---- Dunlin's own form

    @Test
    void files_in_dunlins_own_form_make_a_ledger() {
        inbox.drop(
                "creditors.csv",
                CREDITORS + creditor
                        + ",Own NV,Wetstraat 1,1000,Brussel,be,fr,Europe/Brussels,BE71 0961 2345 6769,GKCCBEBB,Debiteuren,ar@own.example,02 513 89 40\n");
        inbox.drop(
                "customers.csv",
                "number,kind,name,vatNumber,street,postalCode,city,country,region,language,sector,employees,accountManager,"
                        + "preferredChannel,externalRating,creditLimit,creditCurrency,contactName,contactRole,contactEmail,contactPhone,"
                        + "contact2Name,contact2Role,contact2Email,contact2Phone\n"
                        + customer
                        + ",company,Bakkerij De Molen,NL001234567B01,Dorpsstraat 1,1000 AA,Amsterdam,NL,Noord,nl-NL,food,35,eva,email,71,"
                        + "5000.00,EUR,Kim,Crediteuren,kim@molen.example,020 123 4567,Lou,,,+32 475 12 34 56\n");
        inbox.drop(
                "invoices.csv",
                INVOICES + creditor + "," + customer + ",F1,2024-01-01,2024-01-31,121.00,EUR\n" + creditor + ","
                        + customer + ",F2,2024-02-01,2024-03-02,60.50,EUR\n");
        inbox.drop(
                "creditnotes.csv",
                "creditor,customer,number,issuedOn,amount,currency,invoice\n" + creditor + "," + customer
                        + ",N1,2024-02-10,10.50,EUR,F2\n");
        inbox.drop(
                "payments-2024.csv",
                PAYMENTS + creditor + "," + customer + ",B1,2024-02-15,150.00,EUR,F1=121.00;F2=20\n");

        inbox.bringIn();

        assertThat(inbox.list("reports")).hasSize(10);
        assertThat(inbox.list("processed")).hasSize(5);
        assertThat(inbox.list("")).isEmpty();
        assertThat(jdbc.sql("select iban || ' ' || country || ' ' || phone from creditor where number = :n")
                        .param("n", creditor)
                        .query(String.class)
                        .single())
                .isEqualTo("BE71096123456769 BE +3225138940");
        Customer molen =
                receivables.customer(receivables.customerId("default", customer).orElseThrow());
        assertThat(molen.language()).isEqualTo("nl");
        assertThat(molen.employees()).isEqualTo(35);
        assertThat(molen.persons())
                .extracting(Customer.ContactPerson::name, Customer.ContactPerson::email, Customer.ContactPerson::phone)
                .containsExactly(tuple("Kim", "kim@molen.example", "+31201234567"), tuple("Lou", null, "+32475123456"));
        assertThat(open("2024-02-09")).isEqualByComparingTo("181.50");
        assertThat(open("2024-02-10")).isEqualByComparingTo("171.00");
        assertThat(open("2024-12-31"))
                .as("20 was meant for F2, and the 9 left of the payment went to it as the oldest open")
                .isEqualByComparingTo("21.00");
    }

    @Test
    void a_file_waits_while_one_it_builds_on_is_still_being_written() {
        creditorAndCustomer();
        inbox.drop("payments.csv", PAYMENTS + creditor + "," + customer + ",B1,2024-02-15,121.00,EUR,F1\n");
        inbox.inbox.runOnce();
        inbox.pass(3);
        inbox.drop("invoices.csv", INVOICES + creditor + "," + customer + ",F1,2024-01-01,2024-01-31,121.00,EUR\n");
        inbox.inbox.runOnce();

        assertThat(inbox.list("")).as("the payments wait for the invoices").hasSize(2);

        inbox.bringIn();
        assertThat(open("2024-12-31")).isZero();
        assertThat(inbox.list("reports"))
                .allSatisfy(report -> assertThat(inbox.read(report)).doesNotContain("unknown invoice"));
    }

    // ---- what happens afterwards

    @Test
    void what_came_back_was_withdrawn_or_turned_out_to_be_one_is_booked_after_what_it_is_about() {
        String old = Portfolio.unique("C");
        inbox.drop(
                "paymentreturns.csv",
                "creditor,number,returnedOn,amount,currency,reason\n" + creditor + ",B1,2024-03-05,,,MD06\n" + creditor
                        + ",B2,2024-03-06,10.00,EUR,recalled\n");
        inbox.drop(
                "payments.csv",
                PAYMENTS + creditor + "," + old + ",B1,2024-02-15,121.00,EUR,F1\n" + creditor + "," + customer
                        + ",B2,2024-02-15,60.50,EUR,F2\n");
        inbox.drop(
                "invoicewithdrawals.csv",
                "creditor,number,withdrawnOn,reason\n" + creditor + ",F2,2024-03-01,issued twice\n");
        inbox.drop(
                "invoices.csv",
                INVOICES + creditor + "," + old + ",F1,2024-01-01,2024-01-31,121.00,EUR\n" + creditor + "," + customer
                        + ",F2,2024-02-01,2024-03-02,60.50,EUR\n");
        inbox.drop("customermerges.csv", "from,into\n" + old + "," + customer + "\n");
        creditorAndCustomer();
        inbox.drop("customers.csv", "number,name,country,language\n" + old + ",Buyer,NL,nl\n");

        inbox.bringIn();

        assertThat(inbox.list("rejected")).isEmpty();
        assertThat(inbox.list("processed")).hasSize(6);
        assertThat(open("2024-02-29")).as("F2 only: B1 paid F1").isEqualByComparingTo("60.50");
        assertThat(open("2024-12-31"))
                .as("of F1 what came back, less what is left of the money for F2")
                .isEqualByComparingTo("70.50");
        assertThat(jdbc.sql("select count(*) from invoice where customer_id = :id")
                        .param("id", receivables.customerId("default", customer).orElseThrow())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        inbox.drop(
                "paymentreturns.csv",
                "creditor,number,returnedOn,amount,currency,reason\n" + creditor + ",B1,2024-03-05,,,MD06\n");
        assertThat(inbox.bringIn().rowsUnchanged()).isEqualTo(1);
    }

    @Test
    void bad_rows_about_what_happened_afterwards_are_named_too() {
        creditorAndCustomer();
        IntakeReport returns = inbox.bringIn(
                "paymentreturns.csv",
                "creditor,number,returnedOn,amount,currency,reason\n" + creditor + ",GHOST,2024-03-05,,,\n" + creditor
                        + ",B1,2024-03-05,0,EUR,\n" + creditor + ",B1,2024-03-05,1.00,,\n" + creditor + ",B1,,,,\n");
        IntakeReport withdrawals = inbox.bringIn(
                "invoicewithdrawals.csv", "creditor,number,withdrawnOn\n" + creditor + ",GHOST,2024-03-05\n");
        IntakeReport merges = inbox.bringIn(
                "customermerges.csv", "from,into\n" + customer + "," + customer + "\nGHOST," + customer + "\n");

        assertThat(returns.problems())
                .extracting(IntakeProblem::line, IntakeProblem::field, IntakeProblem::value, IntakeProblem::reason)
                .containsExactly(
                        tuple(2L, "number", "GHOST", "unknown payment of creditor " + creditor),
                        tuple(3L, "amount", "0.00", "is not above zero"),
                        tuple(4L, "currency", "", "is empty, but there is an amount"),
                        tuple(5L, "returnedOn", "", "is empty"));
        assertThat(withdrawals.problems())
                .extracting(IntakeProblem::line, IntakeProblem::field, IntakeProblem::value, IntakeProblem::reason)
                .containsExactly(tuple(2L, "number", "GHOST", "unknown invoice of creditor " + creditor));
        assertThat(merges.problems())
                .extracting(IntakeProblem::line, IntakeProblem::field, IntakeProblem::value, IntakeProblem::reason)
                .containsExactly(
                        tuple(2L, "into", customer, "a customer cannot be merged into itself"),
                        tuple(3L, "from", "GHOST", "unknown customer"));
    }

    // ---- what other systems say beside the ledger

    @Test
    void signals_come_in_by_files_too_and_a_second_time_changes_nothing() {
        creditorAndCustomer();
        String sector = Portfolio.unique("sector");
        List<String> files = List.of(
                "refusedorders.csv|customer,number,refusedOn,amount,currency,reason\n" + customer + ",O1-" + customer
                        + ",2024-03-01,99.50,EUR,too late\n",
                "complaints.csv|customer,number,raisedOn,subject\n" + customer + ",K1-" + customer
                        + ",2024-03-01,wrong goods\n",
                "opportunities.csv|customer,number,since,stage,amount,currency\n" + customer + ",S1-" + customer
                        + ",2024-03-01,open,5000,EUR\n",
                "creditinsurances.csv|customer,number,since,limit,currency,covered,until,insurer\n" + customer + ",V1-"
                        + customer + ",2024-01-01,1000,EUR,,2024-12-31,The insurer\n",
                "regionrisks.csv|country,region,since,risk\nIS," + sector + ",2024-01-01,35\n",
                "sectorrisks.csv|sector,since,risk\n" + sector + ",2024-01-01,55\n",
                "grossmargins.csv|creditor,customer,since,percent\n" + creditor + ",,2024-01-01,32.5\n" + creditor + ","
                        + customer + ",2024-01-01,-2\n",
                "collectioncosts.csv|kind,since,amount,currency\ncontact_letter,2024-01-01,1.45,XCD\n");

        for (String file : files) {
            String[] parts = file.split("\\|");
            IntakeReport first = inbox.bringIn(parts[0], parts[1]);
            assertThat(first.problems()).as(parts[0]).isEmpty();
            assertThat(first.rowsInserted()).as(parts[0]).isEqualTo(first.rowsRead());
            IntakeReport again = inbox.bringIn(parts[0], parts[1]);
            assertThat(again.rowsUnchanged()).as(parts[0]).isEqualTo(first.rowsRead());
        }

        long id = receivables.customerId("default", customer).orElseThrow();
        assertThat(jdbc.sql(
                                """
                                select kind || ' ' || happened_on || ' ' || coalesce(amount::text, '-') || ' ' || note from customer_signal
                                where customer_id = :id
                                union all select stage || ' ' || since || ' ' || amount || ' ' || currency from opportunity where customer_id = :id
                                union all select insurer || ' ' || until || ' ' || covered || ' ' || credit_limit from credit_insurance
                                    where customer_id = :id
                                union all select 'margin ' || percent from gross_margin where customer_id = :id
                                """)
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "ORDER_REFUSED 2024-03-01 99.5000 too late",
                        "COMPLAINT 2024-03-01 - wrong goods",
                        "OPEN 2024-03-01 5000.0000 EUR",
                        "The insurer 2024-12-31 1000.0000 1000.0000",
                        "margin -2.00");
    }

    @Test
    void bad_rows_about_signals_are_named_and_the_good_ones_go_in() {
        creditorAndCustomer();

        assertThat(faults(
                        "creditinsurances.csv",
                        "customer,number,since,limit,currency,covered,until\n" + customer
                                + ",V1,2024-01-01,100,EUR,101,\n" + customer + ",V2,2024-01-01,,EUR,,\n" + customer
                                + ",V3,2024-01-01,100,EUR,,2023-12-31\nGHOST,V4,2024-01-01,100,EUR,,\n" + customer
                                + ",V5-" + customer + ",2024-01-01,0,EUR,,\n"))
                .containsExactly(
                        "2 covered 101.00 is more than the limit of EUR 100.00",
                        "3 limit  is empty",
                        "4 until 2023-12-31 is before the cover begins on 2024-01-01",
                        "5 customer GHOST unknown customer");
        assertThat(faults(
                        "opportunities.csv",
                        "customer,number,since,stage,amount,currency\n" + customer + ",S1,2024-01-01,maybe,,\n"
                                + customer + ",S2,2024-01-01,,,\n" + customer + ",S3,2024-01-01,open,5,\n"))
                .containsExactly(
                        "2 stage maybe is not one of LOST, OPEN, WON",
                        "3 stage  is empty",
                        "4 currency  is empty, but there is an amount");
        assertThat(faults(
                        "regionrisks.csv", "country,since,risk\nNL,2024-01-01,101\nNL,2024-01-01,\nXX,2024-01-01,1\n"))
                .containsExactly(
                        "2 risk 101 is not a whole number from 0 to 100",
                        "3 risk  is empty",
                        "4 country XX is not a country");
        assertThat(faults(
                        "grossmargins.csv",
                        "creditor,since,percent\n" + creditor + ",2024-01-01,100.5\n" + creditor
                                + ",2024-01-01,many\nGHOST,2024-01-01,10\n"))
                .containsExactly(
                        "2 percent 100.5 is not a percentage from -100 to 100 with two decimals at most",
                        "3 percent many is not a percentage from -100 to 100 with two decimals at most",
                        "4 creditor GHOST unknown creditor");
        assertThat(faults("collectioncosts.csv", "kind,since,amount,currency\nPIGEON,2024-01-01,1,EUR\n"))
                .singleElement()
                .asString()
                .startsWith("2 kind PIGEON is not one of AGENCY_HAND_OVER, CONTACT_CALL");
        assertThat(jdbc.sql("select count(*) from credit_insurance where number = :number")
                        .param("number", "V5-" + customer)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private List<String> faults(String file, String content) {
        return inbox.bringIn(file, content).problems().stream()
                .map(problem -> problem.line() + " " + problem.field() + " " + problem.value() + " " + problem.reason())
                .toList();
    }

    // ---- bad rows

    @Test
    void bad_rows_are_named_with_line_field_value_and_reason_and_the_good_ones_go_in() {
        creditorAndCustomer();
        String own = creditor + "," + customer;
        IntakeReport report = inbox.bringIn(
                "invoices.csv",
                "creditor,customer,number,issuedOn,dueOn,amount,currency,description\n"
                        + own + ",F1,2024-01-01,2024-01-31,121.00,EUR,\"two\nlines\"\n"
                        + own + ",F2,2024-01-32,2024-01-31,121.00,EUR,\n"
                        + own + ",F3,2024-01-31,2024-01-01,121.00,EUR,\n"
                        + own + ",F4,2024-01-01,2024-01-31,\"1,210.00\",EUR,\n"
                        + own + ",F5,2024-01-01,2024-01-31,1.005,EUR,\n"
                        + own + ",F6,2024-01-01,2024-01-31,121,JPY,\"three\n\nlines\"\n"
                        + own + ",F7,2024-01-01,2024-01-31,-5.00,EUR,\n"
                        + own + ",F8,2024-01-01,2024-01-31,5.00,EURO,\n"
                        + own + ",,2024-01-01,2024-01-31,,EUR,\n"
                        + creditor + ",nobody,F9,2024-01-01,2024-01-31,5.00,EUR,\n"
                        + own + ",F10,2024-01-01\n"
                        + own + ",F11,2024-01-01,2024-01-31,5.00,EUR,a\u0000b\n"
                        + own + ",F12,2024-01-01,2024-01-31,5.00,EUR,good\n");

        assertThat(report.problems())
                .extracting(IntakeProblem::line, IntakeProblem::field, IntakeProblem::value, IntakeProblem::reason)
                .containsExactlyInAnyOrder(
                        tuple(4L, "issuedOn", "2024-01-32", "is not a day in the form yyyy-MM-dd"),
                        tuple(5L, "dueOn", "2024-01-01", "is before the invoice was issued on 2024-01-31"),
                        tuple(6L, "amount", "1,210.00", "is not an amount in the form 1234.50"),
                        tuple(7L, "amount", "1.005", "has more than the 2 decimals of EUR"),
                        tuple(11L, "amount", "-5.00", "is not above zero"),
                        tuple(12L, "currency", "EURO", "is not a currency"),
                        tuple(13L, "number", "", "is empty"),
                        tuple(13L, "amount", "", "is empty"),
                        tuple(14L, "customer", "nobody", "unknown customer"),
                        tuple(15L, "row", own + ",F10,2024-01-01", "has 4 fields, the header has 8"),
                        tuple(16L, "description", "a\\u0000b", "has a control character"));
        assertThat(report.problems())
                .allSatisfy(problem -> assertThat(problem.advice()).isNotBlank());
        assertThat(report.rowsRead()).isEqualTo(13);
        assertThat(report.rowsInserted()).isEqualTo(3);
        assertThat(report.rowsRejected()).isEqualTo(10);
        assertThat(report.state()).isEqualTo(State.DONE);
    }

    @Test
    void rejected_rows_can_be_corrected_and_dropped_again_as_they_are() {
        creditorAndCustomer();
        String own = creditor + "," + customer;
        IntakeReport first = inbox.bringIn(
                "invoices-jan.csv",
                INVOICES + own + ",F1,2024-01-01,2024-01-31,121.00,EUR\n" + own
                        + ",=F2,2024-01-01,2024-01-31,12x.00,EUR\n");
        Path rejected = inbox.list("rejected").get(0);

        assertThat(rejected).isEqualTo(inbox.folders.rejected(first.id(), "invoices-jan.csv"));
        assertThat(inbox.read(rejected))
                .isEqualTo((INVOICES + own + ",=F2,2024-01-01,2024-01-31,12x.00,EUR\n").replace("\n", "\r\n"));

        IntakeReport second =
                inbox.bringIn("invoices-jan.csv", inbox.read(rejected).replace("12x", "120"));
        assertThat(second.rowsInserted()).isEqualTo(1);
        assertThat(open("2024-12-31")).isEqualByComparingTo("241.00");
    }

    @Test
    void the_report_for_people_guards_against_formulas_and_says_where_to_go_on() {
        creditorAndCustomer();
        IntakeReport report = inbox.bringIn(
                "invoices.csv", INVOICES + creditor + ",=cmd|' /C calc'!A0,F1,2024-01-01,2024-01-31,121.00,EUR\n");

        String problems = inbox.read(inbox.folders.report(report.id(), "invoices.csv", ".problems.csv"));
        String summary = inbox.read(inbox.folders.report(report.id(), "invoices.csv", ".txt"));
        assertThat(problems).contains(",'=cmd|").doesNotContain(",=cmd");
        assertThat(summary)
                .contains("1 rows: 0 new, 0 changed, 0 unchanged, 1 rejected")
                .contains("rejected/" + report.id() + "/invoices.csv")
                .contains("line 2, invoice customer '=cmd|' /C calc'!A0': unknown customer");
    }

    @Test
    void a_bad_way_to_reach_somebody_is_left_out_with_a_warning_and_the_customer_goes_in() {
        IntakeReport report = inbox.bringIn(
                "customers.csv",
                "number,name,country,language,contactName,contactEmail,contactPhone\n" + customer
                        + ",Buyer,NL,nl,Kim,kim at molen,12\n");

        assertThat(report.problems())
                .extracting(IntakeProblem::severity, IntakeProblem::field, IntakeProblem::value, IntakeProblem::reason)
                .containsExactly(
                        tuple(Severity.WARNING, "contactEmail", "kim at molen", "is not an e-mail address; left out"),
                        tuple(Severity.WARNING, "contactPhone", "12", "is not a phone number of NL; left out"));
        assertThat(report.rowsInserted()).isEqualTo(1);
        assertThat(report.warnings()).isEqualTo(2);
    }

    @Test
    void master_data_is_checked_field_by_field() {
        IntakeReport creditors = inbox.bringIn(
                "creditors.csv",
                CREDITORS + creditor + ",Own,,,,Netherlands,xx,Mars/Base,NL91ABNA0417164301,ABC,,nobody,1\n");
        IntakeReport customers = inbox.bringIn(
                "customers.csv",
                "number,kind,name,country,language,employees,preferredChannel,externalRating,creditLimit,creditCurrency\n"
                        + customer + ",firm,Buyer,NL,nl,-3,pigeon,101,5000,\n");

        assertThat(creditors.problems())
                .filteredOn(problem -> problem.severity() == Severity.REJECTED)
                .extracting(IntakeProblem::field, IntakeProblem::reason)
                .containsExactly(
                        tuple("country", "is not a country"),
                        tuple("language", "is not one of de, en, fr, nl"),
                        tuple("timeZone", "is not a time zone"),
                        tuple("iban", "is not a valid IBAN"),
                        tuple("bic", "is not a BIC"),
                        tuple("senderEmail", "is not an e-mail address"));
        assertThat(customers.problems())
                .extracting(IntakeProblem::field, IntakeProblem::reason)
                .containsExactly(
                        tuple("kind", "is not one of COMPANY, CONSUMER"),
                        tuple("employees", "is not a whole number from 0 to 10000000"),
                        tuple("preferredChannel", "is not one of EMAIL, LETTER, SMS, VOICE"),
                        tuple("externalRating", "is not a whole number from 0 to 100"),
                        tuple("creditCurrency", "is empty, but there is an amount"));
    }

    @Test
    void a_row_that_only_the_database_refuses_stops_only_itself() {
        creditorAndCustomer();
        Ledger ledger = context.getBean(Ledger.class);
        // Stands for whatever nobody foresaw: an invoice of a certain number cannot be written.
        jdbc.sql("alter table invoice add constraint unforeseen check (number <> 'POISON-ROW')")
                .update();
        try {
            StringBuilder rows = new StringBuilder(INVOICES);
            for (int i = 1; i <= 100; i++) {
                rows.append(creditor + "," + customer + "," + (i == 42 ? "POISON-ROW" : "F" + i)
                        + ",2024-01-01,2024-01-31,1.00,EUR\n");
            }
            IntakeReport report = inbox.bringIn("invoices.csv", rows.toString());

            assertThat(report.rowsInserted()).isEqualTo(99);
            assertThat(report.problems()).extracting(IntakeProblem::line).containsExactly(43L);
            assertThat(report.problems().get(0).reason())
                    .contains("the database refused it")
                    .contains("unforeseen");
        } finally {
            jdbc.sql("alter table invoice drop constraint unforeseen").update();
        }
        assertThat(ledger).isNotNull();
    }

    // ---- encodings and mappings

    @Test
    void a_row_with_bytes_of_another_encoding_is_named_and_not_garbled() {
        inbox.drop(
                "customers.csv",
                "number,name,country,language\n" + customer + "1,Good,NL,nl\n" + customer + "2,Café,NL,nl\n",
                StandardCharsets.ISO_8859_1);

        IntakeReport report = inbox.bringIn();

        assertThat(report.rowsInserted()).isEqualTo(1);
        assertThat(report.problems())
                .extracting(IntakeProblem::line, IntakeProblem::field, IntakeProblem::value, IntakeProblem::reason)
                .containsExactly(tuple(3L, "name", "Caf\uFFFD", "has bytes that mean nothing in UTF-8"));
    }

    @Test
    void a_mapping_of_the_users_own_reads_foreign_files() {
        creditorAndCustomer();
        inbox.map(
                "erp.yaml",
                """
                files: ["posten*.txt"]
                csv: {delimiter: ";", encoding: windows-1252}
                formats: {date: [d-M-yyyy], decimal: ",", grouping: "."}
                records:
                  - type: customer
                    fields: {number: debiteur, name: naam, country: {column: land, values: {Nederland: NL}}, language: {value: nl}}
                  - type: invoice
                    fields: {creditor: {value: %s}, customer: debiteur, number: factuur, issuedOn: datum, dueOn: verval, amount: bedrag, currency: {value: EUR}}
                  - type: payment
                    when: betaald
                    fields: {creditor: {value: %s}, customer: debiteur, number: factuur, receivedOn: betaald, amount: bedrag, currency: {value: EUR}, invoices: factuur}
                """
                        .formatted(creditor, creditor));
        inbox.drop(
                "posten.txt",
                "debiteur;naam;land;factuur;datum;verval;bedrag;betaald\r\n"
                        + customer + "9;Café '’t Hoekje';Nederland;F1;1-2-2024;2-3-2024;1.234,50;\r\n"
                        + customer + "9;Café '’t Hoekje';Nederland;F2;1-2-2024;2-3-2024;100,00;5-3-2024\r\n",
                Charset.forName("windows-1252"));

        IntakeReport report = inbox.bringIn();

        assertThat(report.problems()).isEmpty();
        assertThat(report.mapping()).isEqualTo("erp.yaml");
        assertThat(receivables
                        .customer(receivables
                                .customerId("default", customer + "9")
                                .orElseThrow())
                        .name())
                .isEqualTo("Café '’t Hoekje'");
        assertThat(open("2024-03-04")).isEqualByComparingTo("1334.50");
        assertThat(open("2024-03-05")).isEqualByComparingTo("1234.50");
    }

    @Test
    void a_file_that_no_mapping_fits_is_refused_and_kept() {
        IntakeReport unknown = inbox.bringIn("letter.docx", "hello");
        IntakeReport missing = inbox.bringIn("invoices.csv", "number;amount\n1;2\n");
        inbox.map("broken.yaml", "files: [odd*.csv]\nrecords: [{type: order}]\n");
        IntakeReport broken = inbox.bringIn("odd.csv", "a\n1\n");

        assertThat(List.of(unknown, missing, broken))
                .extracting(IntakeReport::state)
                .containsOnly(State.REFUSED);
        assertThat(unknown.message())
                .contains("no mapping applies to a file of this name")
                .contains("invoices*.csv");
        assertThat(missing.message())
                .isEqualTo(
                        "dunlin-invoices.yaml: invoice: the file has no column creditor, currency, customer, dueOn, issuedOn; its columns are number, amount");
        assertThat(broken.message()).startsWith("broken.yaml: records[1].type: 'order' is not a record");
        assertThat(inbox.list("rejected"))
                .containsExactlyInAnyOrder(
                        inbox.folders.rejected(unknown.id(), "letter.docx"),
                        inbox.folders.rejected(missing.id(), "invoices.csv"),
                        inbox.folders.rejected(broken.id(), "odd.csv"));
    }

    @Test
    void columns_that_nothing_is_made_of_are_pointed_out() {
        IntakeReport report = inbox.bringIn(
                "customers.csv", "number,name,country,language,Sektor\n" + customer + ",Buyer,NL,nl,food\n");

        assertThat(report.rowsInserted()).isEqualTo(1);
        assertThat(report.problems())
                .extracting(IntakeProblem::line, IntakeProblem::severity, IntakeProblem::value)
                .containsExactly(tuple(0L, Severity.WARNING, "Sektor"));
    }

    // ---- when a file is taken

    @Test
    void a_file_is_taken_when_it_has_stopped_growing_and_not_before() {
        inbox.drop("customers.csv", "number,name,country,language\n");
        assertThat(inbox.inbox.runOnce()).isZero();
        inbox.pass(1);
        inbox.drop("customers.csv", "number,name,country,language\n" + customer + ",Buyer,NL,nl\n");
        assertThat(inbox.inbox.runOnce()).isZero();
        inbox.pass(1);
        assertThat(inbox.inbox.runOnce()).as("changed a second ago").isZero();
        inbox.pass(1);

        assertThat(inbox.bringIn().rowsInserted()).isEqualTo(1);
    }

    @Test
    void files_that_say_they_are_unfinished_are_left_alone() {
        for (String name : List.of(
                ".customers.csv", "customers.csv.part", "customers.csv.tmp", "customers.csv.filepart", "Thumbs.db")) {
            inbox.drop(name, "number,name,country,language\n");
        }
        inbox.inbox.runOnce();
        inbox.pass(60);

        assertThat(inbox.inbox.runOnce()).isZero();
        assertThat(inbox.list("")).hasSize(5);
    }

    // ---- nothing twice, nothing lost

    @Test
    void what_was_imported_before_is_unchanged_when_it_comes_again() {
        creditorAndCustomer();
        String invoices = INVOICES + creditor + "," + customer + ",F1,2024-01-01,2024-01-31,121.00,EUR\n";
        String payments = PAYMENTS + creditor + "," + customer + ",B1,2024-02-15,100.00,EUR,\n";
        inbox.bringIn("invoices.csv", invoices);
        inbox.bringIn("payments.csv", payments);

        IntakeReport again = inbox.bringIn("payments.csv", payments);
        IntakeReport other = inbox.bringIn("payments.csv", payments.replace("100.00", "101.00"));

        assertThat(again.rowsUnchanged()).isEqualTo(1);
        assertThat(other.rowsRejected()).isEqualTo(1);
        assertThat(other.problems().get(0).reason()).isEqualTo("payment B1 is already booked with EUR 100");
        assertThat(open("2024-12-31")).isEqualByComparingTo("21.00");
    }

    @Test
    void two_nodes_on_one_inbox_do_not_take_a_file_twice() throws Exception {
        creditorAndCustomer();
        TestInbox other = new TestInbox(folder, context);
        for (int i = 0; i < 6; i++) {
            inbox.drop("invoices-" + i + ".csv", manyInvoices("N" + i + "-", 300));
        }
        CyclicBarrier start = new CyclicBarrier(2);

        CompletableFuture<?>[] nodes = new CompletableFuture<?>[2];
        TestInbox[] inboxes = {inbox, other};
        for (int i = 0; i < 2; i++) {
            TestInbox node = inboxes[i];
            nodes[i] = CompletableFuture.runAsync(() -> {
                try {
                    node.inbox.runOnce();
                    node.pass(3);
                    start.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                int round = 0;
                while (round++ < 10_000 && node.inbox.runOnce() > 0) {
                    Thread.onSpinWait();
                }
            });
        }
        CompletableFuture.allOf(nodes).get(60, TimeUnit.SECONDS);
        inbox.inbox.runOnce();

        assertThat(inbox.list("processed")).hasSize(6);
        assertThat(inbox.list("processing")).isEmpty();
        assertThat(jdbc.sql(
                                "select sum(rows_inserted) from intake_run where file like 'invoices-%' and claim = any(:claims) or id = any(:ids)")
                        .param("claims", new String[0])
                        .param("ids", runsOf(inbox.list("processed")))
                        .query(Long.class)
                        .single())
                .isEqualTo(1800);
        assertThat(count("invoice")).isEqualTo(1800);
        other.inbox.destroy();
    }

    @Test
    void the_same_file_in_two_inboxes_at_the_same_time_counts_once(@TempDir Path second) throws Exception {
        creditorAndCustomer();
        inbox.bringIn("invoices.csv", manyInvoices("D", 2_000));
        TestInbox other = new TestInbox(second, context);
        StringBuilder payments = new StringBuilder(PAYMENTS);
        for (int i = 0; i < 2_000; i++) {
            payments.append(creditor + "," + customer + ",B" + i + ",2024-02-15,0.40,EUR," + (i % 2 == 0 ? "D" + i : "")
                    + "\n");
        }
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<?>[] all = new CompletableFuture<?>[2];
        TestInbox[] inboxes = {inbox, other};
        for (int i = 0; i < 2; i++) {
            TestInbox node = inboxes[i];
            all[i] = CompletableFuture.runAsync(() -> {
                try {
                    start.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                node.bringIn("payments.csv", payments.toString());
            });
        }
        CompletableFuture.allOf(all).get(60, TimeUnit.SECONDS);

        assertThat(count("payment")).isEqualTo(2_000);
        assertThat(open("2024-12-31")).isEqualByComparingTo("1200.00");
        other.inbox.destroy();
    }

    @Test
    void after_a_crash_the_rest_is_imported_and_nothing_twice() {
        creditorAndCustomer();
        String rows = manyInvoices("K", 12_000).replace("K11,2024-01-01", "K11,2024-13-01");
        inbox.drop("invoices.csv", rows);
        inbox.inbox.runOnce();
        inbox.pass(3);
        inbox.inbox.runOnce();
        inbox.inbox.runOnce();
        inbox.inbox.destroy();
        assertThat(count("invoice"))
                .as("one chunk is in, of which one row was bad")
                .isEqualTo(4_999);
        assertThat(inbox.list("processing")).hasSize(1);

        TestInbox restarted = new TestInbox(folder, context);
        while (restarted.inbox.runOnce() > 0) {
            Thread.onSpinWait();
        }

        IntakeReport report = restarted.latest();
        assertThat(report.rowsRead()).isEqualTo(12_000);
        assertThat(report.rowsInserted()).isEqualTo(11_999);
        assertThat(report.rowsUnchanged()).isZero();
        assertThat(report.problems()).extracting(IntakeProblem::line).containsExactly(13L);
        assertThat(restarted.list("rejected")).hasSize(1);
        assertThat(count("invoice")).isEqualTo(11_999);
        restarted.inbox.destroy();
    }

    @Test
    void a_crash_between_the_end_of_a_run_and_putting_the_file_away_leaves_no_trace() throws Exception {
        creditorAndCustomer();
        IntakeReport first = inbox.bringIn("invoices.csv", manyInvoices("E", 3));
        String claim = jdbc.sql("select claim from intake_run where id = :id")
                .param("id", first.id())
                .query(String.class)
                .single();
        Files.move(inbox.list("processed").get(0), inbox.folders.processing(claim));

        inbox.inbox.runOnce();

        assertThat(inbox.list("processing")).isEmpty();
        assertThat(inbox.list("processed")).hasSize(1);
        assertThat(count("invoice")).isEqualTo(3);
    }

    @Test
    void an_upload_whose_node_died_is_thrown_away() {
        TestInbox.write(inbox.folders.uploading("x--invoices.csv"), new byte[] {1});

        inbox.inbox.runOnce();

        assertThat(inbox.list("uploading")).isEmpty();
    }

    @Test
    void who_listens_for_changes_and_fails_does_not_disturb_an_import() {
        creditorAndCustomer();
        IntakeRuns runs = context.getBean(IntakeRuns.class);
        // As a listener after commit that fails: the transaction has committed, and its caller still sees an exception.
        TransactionTemplate failing = new TransactionTemplate(transaction.getTransactionManager()) {
            private int calls;

            @Override
            public <T> T execute(org.springframework.transaction.support.TransactionCallback<T> action) {
                T result = super.execute(action);
                if (calls++ == 0) {
                    throw new DataIntegrityViolationException("a listener failed");
                }
                return result;
            }
        };
        TestInbox disturbed = new TestInbox(
                folder,
                context,
                new ChunkWriter(context.getBean(Ledger.class), context.getBean(Signals.class), runs, failing));

        IntakeReport report = disturbed.bringIn("invoices.csv", manyInvoices("L", 10));

        assertThat(report.rowsRead()).isEqualTo(10);
        assertThat(report.rowsInserted()).isEqualTo(10);
        assertThat(count("invoice")).isEqualTo(10);
        disturbed.inbox.destroy();
    }

    @Test
    void a_file_that_fails_in_unforeseen_ways_is_put_aside_and_does_not_keep_others_waiting() {
        ChunkWriter broken =
                new ChunkWriter(
                        context.getBean(Ledger.class),
                        context.getBean(Signals.class),
                        context.getBean(IntakeRuns.class),
                        transaction) {
                    @Override
                    void write(long run, Chunk chunk, long bytesRead, List<String> header) {
                        throw new IllegalStateException("a fault of ours");
                    }
                };
        TestInbox unlucky = new TestInbox(folder, context, broken);

        IntakeReport report =
                unlucky.bringIn("customers.csv", "number,name,country,language\n" + customer + ",Buyer,NL,nl\n");

        assertThat(report.state()).isEqualTo(State.REFUSED);
        assertThat(report.message()).contains("a fault of ours");
        assertThat(unlucky.list("rejected")).hasSize(1);
        assertThat(unlucky.list("processing")).isEmpty();
        unlucky.inbox.destroy();
    }

    private static Long[] runsOf(List<Path> processed) {
        return processed.stream()
                .map(file -> Long.valueOf(file.getFileName().toString().split("-")[0]))
                .toArray(Long[]::new);
    }

    private String manyInvoices(String prefix, int count) {
        StringBuilder rows = new StringBuilder(INVOICES);
        for (int i = 0; i < count; i++) {
            rows.append(creditor + "," + customer + "," + prefix + i + ",2024-01-01,2024-01-31,1.00,EUR\n");
        }
        return rows.toString();
    }

    private void creditorAndCustomer() {
        Ledger ledger = context.getBean(Ledger.class);
        ledger.creditors(List.of(new org.dunlin.receivables.CreditorRow(
                creditor, "Own", null, null, null, "NL", "nl", null, null, null, null, null, "ar@own.example", null)));
        ledger.customers(List.of(new org.dunlin.receivables.CustomerRow(
                org.dunlin.receivables.CustomerKey.of(customer),
                null,
                "Buyer",
                null,
                null,
                null,
                null,
                "NL",
                null,
                "nl",
                null,
                null,
                null,
                null,
                null,
                null,
                null)));
        assertThat(InvoiceRow.Dispute.values()).isNotEmpty();
    }

    private BigDecimal open(String day) {
        return jdbc.sql(
                        """
                        select coalesce(sum(o.open), 0) from open_invoice(:day) o join creditor c on c.id = o.creditor_id
                        where c.number = :creditor
                        """)
                .param("day", LocalDate.parse(day))
                .param("creditor", creditor)
                .query(BigDecimal.class)
                .single();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table
                        + " t join creditor c on c.id = t.creditor_id where c.number = :n")
                .param("n", creditor)
                .query(Long.class)
                .single();
    }
}
