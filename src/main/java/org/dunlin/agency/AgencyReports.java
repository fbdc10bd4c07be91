package org.dunlin.agency;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dunlin.agency.AgencyMessage.Kind;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.FollowUp;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.dunning.StepReport;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What agencies report. A report is written first; then the process of the case hears of it ({@link ReportSignals}). None of them books
 * money: what is paid is what the bank says.
 */
@Service
class AgencyReports {

    private static final int LONGEST = 4000;

    private final JdbcClient jdbc;
    private final AgencyFiles files;
    private final AgencyMessages messages;
    private final DunningCases cases;
    private final FollowUp followUp;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AgencyReports(
            JdbcClient jdbc,
            AgencyFiles files,
            AgencyMessages messages,
            DunningCases cases,
            FollowUp followUp,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.files = files;
        this.messages = messages;
        this.cases = cases;
        this.followUp = followUp;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What somebody brings in.
     *
     * @param number the agency's own number of the report; none where a person of ours records it
     * @throws InvalidOutcomeException for a text with control characters
     */
    record Told(
            @Nullable String number,
            AgencyReport.Kind kind,
            @Nullable BigDecimal amount,
            @Nullable LocalDate paidOn,
            @Nullable String said) {

        Told {
            refuseControls("report", number);
            refuseControls(AgencyStep.NOTE, said);
        }

        /** Some of them no database keeps. */
        private static void refuseControls(String field, @Nullable String text) {
            if (text != null && text.chars().anyMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0)) {
                throw new InvalidOutcomeException(field, "Leave out control characters");
            }
        }
    }

    /** @param fresh false when the same had been reported before */
    record Received(AgencyReport report, boolean fresh) {}

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such report */
    AgencyReport get(long id) {
        return jdbc.sql("select * from agency_report where id = :id")
                .param("id", id)
                .query(AgencyReports::report)
                .single();
    }

    /** All about a file, in the order in which they came. */
    List<AgencyReport> of(long fileId) {
        return jdbc.sql("select * from agency_report where file_id = :file order by id")
                .param("file", fileId)
                .query(AgencyReports::report)
                .list();
    }

    /** What the agency had asked, where the message answers a question. */
    @Nullable
    String questionAnsweredBy(long messageId) {
        return jdbc.sql(
                        """
                        select coalesce(r.said, '') from agency_message m join agency_report r on r.id = m.report_id
                        where m.id = :id
                        """)
                .param("id", messageId)
                .query(String.class)
                .optional()
                .filter(question -> !question.isBlank())
                .orElse(null);
    }

    /**
     * A report that comes from outside. The same one, by its number, counts once.
     *
     * @throws InvalidOutcomeException when something is missing or cannot be
     * @throws RefusedException when the agency has the file no longer, or reported something else under that number
     */
    @Transactional
    public Received receive(AgencyFile file, Told told, @Nullable String by) {
        cases.lock(file.caseId());
        Optional<AgencyReport> known = told.number() == null ? Optional.empty() : find(file.id(), told.number());
        if (known.isPresent()) {
            return new Received(sameAs(known.get(), told), false);
        }
        AgencyFile now = files.get(file.id());
        check(now, told);
        AgencyReport report = write(now, told, by, null);
        if (told.kind().outcome() == null) {
            note(now, report, by);
        }
        events.publishEvent(new AgencyReported(report.id()));
        return new Received(report, true);
    }

    /**
     * A report that a person enters into the form of the case.
     *
     * @throws InvalidOutcomeException when something is missing or cannot be
     */
    @Transactional
    public AgencyReport record(long caseId, Told told, @Nullable String by) {
        cases.lock(caseId);
        AgencyFile file = files.active(caseId)
                .orElseThrow(() ->
                        new InvalidOutcomeException(AgencyStep.AGENCY_OUTCOME, "No agency has this case any more"));
        check(file, told);
        if (told.kind().outcome() != null) {
            AgencyReport report = write(file, told, by, clock.instant());
            conclude(report, by);
            return report;
        }
        AgencyReport report = write(file, told, by, null);
        note(file, report, by);
        events.publishEvent(new AgencyReported(report.id()));
        return report;
    }

    /** The agency has ended its file, as it reported. */
    @Transactional
    public AgencyReport conclude(long reportId) {
        AgencyReport report = get(reportId);
        conclude(report, report.reportedBy());
        return report;
    }

    private void conclude(AgencyReport report, @Nullable String by) {
        AgencyFile file = files.get(report.fileId());
        Instant now = clock.instant();
        files.close(file.id(), Objects.requireNonNull(report.kind().outcome()), now);
        messages.cancelWaiting(file.id(), "The agency has ended its file");
        followUp.step(
                file.caseId(),
                "agencyReport:" + report.id(),
                HandOvers.RUNG,
                new StepReport(
                        StepReport.Channel.AGENCY,
                        report.kind().word(),
                        now,
                        null,
                        report.amount(),
                        null,
                        text(file, report),
                        null,
                        null),
                by);
    }

    /**
     * A person of ours has looked at a report of a payment.
     *
     * @param result what they found
     */
    @Transactional
    public void checked(long reportId, String result, @Nullable String by) {
        AgencyReport report = get(reportId);
        dealtWith(reportId, result, by);
        followUp.agencySaid(files.get(report.fileId()).caseId(), "ledgerChecked", null, result, by);
    }

    /**
     * A person of ours answers a question.
     *
     * @return id of the message that carries the answer
     * @throws InvalidOutcomeException when the answer is missing
     */
    @Transactional
    public long answer(long reportId, @Nullable String answer, @Nullable String by) {
        if (answer == null) {
            throw new InvalidOutcomeException(AgencyStep.ANSWER, "Write what the agency shall know");
        }
        AgencyReport report = get(reportId);
        dealtWith(reportId, answer, by);
        followUp.agencySaid(files.get(report.fileId()).caseId(), "answered", null, answer, by);
        return messages.want(report.fileId(), Kind.ANSWER, answer, reportId, clock.instant())
                .orElseThrow();
    }

    private void dealtWith(long reportId, String result, @Nullable String by) {
        jdbc.sql(
                        """
                        update agency_report set dealt_with_at = :at, dealt_with_by = :by, result = :result where id = :id
                        """)
                .param("at", AgencyFiles.utc(clock.instant()))
                .param("by", by)
                .param("result", result)
                .param("id", reportId)
                .update();
    }

    private Optional<AgencyReport> find(long fileId, String number) {
        return jdbc.sql("select * from agency_report where file_id = :file and number = :number")
                .param("file", fileId)
                .param("number", number)
                .query(AgencyReports::report)
                .optional();
    }

    private static AgencyReport sameAs(AgencyReport known, Told told) {
        boolean same = known.kind() == told.kind()
                && Objects.equals(known.paidOn(), told.paidOn())
                && Objects.equals(known.said(), told.said())
                && (known.amount() == null
                        ? told.amount() == null
                        : told.amount() != null && known.amount().compareTo(told.amount()) == 0);
        if (!same) {
            throw new RefusedException("The report " + known.number()
                    + " was received before, and said something else; use another number");
        }
        return known;
    }

    private void check(AgencyFile file, Told told) {
        DunningCase dunningCase = cases.get(file.caseId());
        switch (file.state()) {
            case HANDED_OVER -> {
                // As it should be.
            }
            case PREPARED -> throw new RefusedException("File " + file.reference() + " has not been handed over yet");
            case RECALLED -> throw new RefusedException("File " + file.reference() + " has been recalled");
            case CANCELLED -> throw new RefusedException("File " + file.reference() + " was never handed over");
            case CLOSED -> throw new RefusedException("File " + file.reference() + " has been closed");
        }
        if (isConcluding(file.id())) {
            throw new RefusedException("File " + file.reference() + " has just been closed");
        }
        if (told.number() != null && told.number().length() > 100) {
            throw new InvalidOutcomeException("report", "The number of a report has at most 100 characters");
        }
        if (told.said() != null && told.said().length() > LONGEST) {
            throw new InvalidOutcomeException(AgencyStep.NOTE, "At most " + LONGEST + " characters");
        }
        if (told.said() == null
                && (told.kind() == AgencyReport.Kind.MORE_INFORMATION
                        || told.kind() == AgencyReport.Kind.IRRECOVERABLE)) {
            throw new InvalidOutcomeException(
                    AgencyStep.NOTE,
                    told.kind() == AgencyReport.Kind.IRRECOVERABLE
                            ? "Say why nothing can be collected"
                            : "Say what the agency wants to know");
        }
        if (told.kind() == AgencyReport.Kind.PAID_DIRECTLY) {
            checkPayment(told, cases.today(dunningCase));
        }
        if (told.amount() != null) {
            checkAmount(told.amount(), dunningCase.currency());
        }
    }

    private static void checkPayment(Told told, LocalDate today) {
        if (told.amount() == null) {
            throw new InvalidOutcomeException(AgencyStep.AMOUNT, "Say how much was paid");
        }
        if (told.paidOn() == null) {
            throw new InvalidOutcomeException(AgencyStep.PAID_ON, "Say when it was paid");
        }
        if (told.paidOn().isAfter(today)) {
            throw new InvalidOutcomeException(AgencyStep.PAID_ON, "This day is still to come");
        }
    }

    private static void checkAmount(BigDecimal amount, String currency) {
        boolean possible = amount.signum() > 0 && amount.precision() - amount.scale() <= 13;
        try {
            possible &= Money.of(amount, currency).isPositive();
        } catch (ArithmeticException e) {
            possible = false;
        }
        if (!possible) {
            throw new InvalidOutcomeException(AgencyStep.AMOUNT, "This is no amount in " + currency);
        }
    }

    /** Whether the agency has said so, and the case has not come to it yet. */
    private boolean isConcluding(long fileId) {
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from agency_report
                            where file_id = :file and kind in ('COLLECTED', 'IRRECOVERABLE', 'RETURNED'))
                        """)
                .param("file", fileId)
                .query(Boolean.class)
                .single();
    }

    private void note(AgencyFile file, AgencyReport report, @Nullable String by) {
        followUp.agencySaid(file.caseId(), report.kind().word(), report.amount(), text(file, report), by);
    }

    private static String text(AgencyFile file, AgencyReport report) {
        return "%s, file %s%s%s"
                .formatted(
                        file.agencyName(),
                        file.reference(),
                        report.paidOn() == null ? "" : ", paid on " + report.paidOn(),
                        report.said() == null ? "" : ": " + report.said());
    }

    private AgencyReport write(AgencyFile file, Told told, @Nullable String by, @Nullable Instant toldCase) {
        return jdbc.sql(
                        """
                        insert into agency_report (file_id, number, kind, amount, paid_on, said, reported_at, reported_by, told_case_at)
                        values (:file, :number, :kind, :amount, :paidOn, :said, :at, :by, :toldCase) returning *
                        """)
                .param("file", file.id())
                .param("number", told.number())
                .param("kind", told.kind().name())
                .param("amount", told.amount())
                .param("paidOn", told.paidOn())
                .param("said", told.said())
                .param("at", AgencyFiles.utc(clock.instant()))
                .param("by", by)
                .param("toldCase", toldCase == null ? null : AgencyFiles.utc(toldCase))
                .query(AgencyReports::report)
                .single();
    }

    private static AgencyReport report(ResultSet row, int n) throws SQLException {
        return new AgencyReport(
                row.getLong("id"),
                row.getLong("file_id"),
                row.getString("number"),
                AgencyReport.Kind.valueOf(row.getString("kind")),
                row.getBigDecimal("amount"),
                row.getObject("paid_on", LocalDate.class),
                row.getString("said"),
                row.getTimestamp("reported_at").toInstant(),
                row.getString("reported_by"),
                row.getString("result"));
    }
}
