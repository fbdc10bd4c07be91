package org.dunlin.agency;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;

/** Puts beside a new task what every task of a case shows, and what is known of its agency. */
@ModelBean("agencyTaskFacts")
class AgencyTaskFacts implements TaskListener {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

    private final TaskListener caseFacts;
    private final DunningCases cases;
    private final Receivables receivables;
    private final Agencies agencies;
    private final AgencyFiles files;
    private final AgencyMessages messages;
    private final AgencyReports reports;

    AgencyTaskFacts(
            @Qualifier("taskFacts") TaskListener caseFacts,
            DunningCases cases,
            Receivables receivables,
            Agencies agencies,
            AgencyFiles files,
            AgencyMessages messages,
            AgencyReports reports) {
        this.caseFacts = caseFacts;
        this.cases = cases;
        this.receivables = receivables;
        this.agencies = agencies;
        this.files = files;
        this.messages = messages;
        this.reports = reports;
    }

    @Override
    public void notify(DelegateTask task) {
        TypedVariables known = TypedVariables.of(task);
        DunningCase dunningCase = cases.get(known.requireLong(AgencyStep.CASE_ID));
        ZoneId zone = receivables.creditor(dunningCase.creditorId()).timeZone();
        // Read before: the facts of the case clear what was entered at an earlier task.
        Optional<AgencyMessage> message = id(task, AgencyStep.MESSAGE_ID).map(messages::get);
        Optional<AgencyReport> report = id(task, AgencyStep.REPORT_ID).map(reports::get);
        caseFacts.notify(task);
        Map<String, @Nullable Object> shown = new HashMap<>();
        message.map(AgencyMessage::fileId)
                .or(() -> files.active(dunningCase.id()).map(AgencyFile::id))
                .map(files::get)
                .ifPresentOrElse(file -> shown.putAll(facts(file, zone)), () -> shown.putAll(choice(task, known)));
        report.ifPresent(one -> shown.putAll(facts(one, dunningCase.currency(), zone)));
        message.ifPresent(one -> shown.putAll(facts(one, zone)));
        task.setVariablesLocal(shown);
    }

    private static Optional<Long> id(DelegateTask task, String variable) {
        return task.getVariable(variable) instanceof Number id ? Optional.of(id.longValue()) : Optional.empty();
    }

    /** For who is to confirm. The answer of the table stands in the form, and can be changed there. */
    private Map<String, @Nullable Object> choice(DelegateTask task, TypedVariables known) {
        String chosen = known.text(AgencyStep.AGENCY);
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put(
                "agencyChosen",
                plain(
                        chosen == null
                                ? null
                                : agencies.find(chosen).map(Agency::title).orElse(chosen)));
        facts.put("agencyReason", plain(known.text(AgencyStep.AGENCY_REASON)));
        facts.put("agencyChoices", choices());
        facts.put("dossierLink", AgencyPages.DOSSIERS + task.getId());
        return facts;
    }

    /** For a list in a form: a line each, id and title. */
    private String choices() {
        return agencies.all().stream()
                .map(agency -> agency.id() + "|" + agency.title().replace('|', '/'))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, @Nullable Object> facts(AgencyFile file, ZoneId zone) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("agencyName", plain(file.agencyName()));
        facts.put("fileReference", file.reference());
        facts.put(
                "handedOverText",
                file.handedOverAt() == null
                        ? "–"
                        : DAY.format(file.handedOverAt().atZone(zone)));
        return facts;
    }

    private static Map<String, @Nullable Object> facts(AgencyReport report, String currency, ZoneId zone) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put(
                "reportAmountText",
                report.amount() == null
                        ? "–"
                        : Money.of(report.amount(), currency).format(Locale.UK));
        facts.put("reportPaidOn", report.paidOn() == null ? "–" : DAY.format(report.paidOn()));
        // Shown in a field of its own and not as Markdown: nothing in it becomes a link.
        facts.put("reportText", report.said() == null ? "–" : report.said());
        facts.put("reportedAtText", AT.format(report.reportedAt().atZone(zone)));
        return facts;
    }

    private static Map<String, @Nullable Object> facts(AgencyMessage message, ZoneId zone) {
        Instant at = Objects.requireNonNullElse(message.claimedAt(), message.wantedAt());
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("agencyMessageTo", plain(message.recipient()));
        facts.put("agencyMessageSubject", plain(message.subject()));
        facts.put("agencyMessageTriedAt", AT.format(at.atZone(zone)));
        // Set as code, or the form makes an address to write to of it.
        facts.put(
                "agencyMessageError", plain(message.detail()) + "\n\nMessage-ID: `" + plain(message.messageId()) + "`");
        return facts;
    }

    /** Forms show texts as Markdown: nothing of others may act as markup. */
    private static String plain(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "–";
        }
        String plain = text;
        for (List<String> pair : List.of(
                List.of("<", "‹"),
                List.of(">", "›"),
                List.of("[", "("),
                List.of("]", ")"),
                List.of("|", "/"),
                List.of("*", "·"),
                List.of("`", "'"),
                List.of("\\", "/"))) {
            plain = plain.replace(pair.get(0), pair.get(1));
        }
        return plain.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
