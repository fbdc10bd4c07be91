package org.dunlin.agency;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dunlin.agency.AgencyReports.Received;
import org.dunlin.agency.AgencyReports.Told;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Files for programs: of agencies, which see their own and report about them, and of the house. A file of another agency does not exist
 * for an agency.
 */
@RestController
@RequestMapping("/api/agency")
@Roles({Groups.AGENCIES, Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class AgencyApi {

    private static final int MOST = 1000;

    private static final Map<String, String> SCHEMAS = Map.of(
            "dossier-1.schema.json", "agency/dossier-1.schema.json",
            "agency-message-1.schema.json", "agency/agency-message-1.schema.json");

    private final AgencyFiles files;
    private final AgencyMessages messages;
    private final AgencyReports reports;
    private final Agencies agencies;
    private final DunningCases cases;
    private final CurrentUser user;

    AgencyApi(
            AgencyFiles files,
            AgencyMessages messages,
            AgencyReports reports,
            Agencies agencies,
            DunningCases cases,
            CurrentUser user) {
        this.files = files;
        this.messages = messages;
        this.reports = reports;
        this.agencies = agencies;
        this.cases = cases;
        this.user = user;
    }

    /**
     * What an agency sends.
     *
     * @param report the agency's own number of it: the same one counts once
     */
    record Wish(
            @Nullable String report,
            AgencyReport.@Nullable Kind kind,
            @Nullable BigDecimal amount,
            @Nullable LocalDate paidOn,
            @Nullable String text) {}

    record Shown(
            String reference,
            String agency,
            String caseNumber,
            AgencyFile.State state,
            AgencyFile.@Nullable Outcome outcome,
            @Nullable Instant handedOverAt,
            @Nullable Instant endedAt,
            String currency,
            BigDecimal open,
            List<Line> invoices,
            List<Message> messages,
            List<Report> reports) {

        record Line(String invoice, BigDecimal open) {}

        record Message(
                AgencyMessage.Kind kind,
                AgencyMessage.State state,
                @Nullable Instant sentAt,
                @Nullable String subject,
                @Nullable String text) {}
    }

    record Report(
            @Nullable String report,
            AgencyReport.Kind kind,
            @Nullable BigDecimal amount,
            @Nullable LocalDate paidOn,
            @Nullable String text,
            Instant reportedAt,
            @Nullable String reportedBy) {

        static Report of(AgencyReport report) {
            return new Report(
                    report.number(),
                    report.kind(),
                    report.amount(),
                    report.paidOn(),
                    report.said(),
                    report.reportedAt(),
                    report.reportedBy());
        }
    }

    /** Files with agencies now, or all of a case, the latest first. */
    @GetMapping("/files")
    List<Shown> list(@RequestParam(name = "case", required = false) @Nullable String number) {
        List<AgencyFile> found = number == null ? files.handedOver(MOST) : files.ofCase(number);
        return found.stream().filter(this::mayBeSeen).map(this::shown).toList();
    }

    @GetMapping("/files/{reference}")
    Shown one(@PathVariable String reference) {
        return shown(file(reference));
    }

    /** The dossier as it was sent, the whole archive. */
    @GetMapping(path = "/files/{reference}/dossier")
    ResponseEntity<byte[]> dossier(@PathVariable String reference) {
        AgencyFile file = file(reference);
        byte[] archive = messages.dossier(file.id()).orElseThrow(() -> notFound(reference));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .header("Content-Disposition", "attachment; filename=\"" + file.reference() + ".zip\"")
                .body(archive);
    }

    /** 201, or 200 when the same report was received before. */
    @PostMapping("/files/{reference}/reports")
    ResponseEntity<Report> report(@PathVariable String reference, @RequestBody Wish wish) {
        AgencyFile file = file(reference);
        if (wish.kind() == null) {
            throw new InvalidOutcomeException("kind", "Say what you report: " + List.of(AgencyReport.Kind.values()));
        }
        if (isBlank(wish.report())) {
            throw new InvalidOutcomeException("report", "Give the report a number of your own, so that it counts once");
        }
        Received received = reports.receive(
                file,
                new Told(
                        String.valueOf(wish.report()).strip(),
                        wish.kind(),
                        wish.amount(),
                        wish.paidOn(),
                        isBlank(wish.text())
                                ? null
                                : String.valueOf(wish.text()).strip()),
                user.id());
        return ResponseEntity.status(received.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(Report.of(received.report()));
    }

    /** What describes the data in dossiers and messages. */
    @GetMapping(path = "/schemas/{name}")
    ResponseEntity<Resource> schema(@PathVariable String name) {
        String path = Optional.ofNullable(SCHEMAS.get(name)).orElseThrow(() -> notFound(name));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/schema+json"))
                .body(new ClassPathResource(path));
    }

    private Shown shown(AgencyFile file) {
        DunningCase dunningCase = cases.get(file.caseId());
        List<Shown.Line> lines = files.lines(file.id(), cases.today(dunningCase)).stream()
                .map(line -> new Shown.Line(line.number(), scaled(line.open(), dunningCase.currency())))
                .toList();
        return new Shown(
                file.reference(),
                file.agency(),
                dunningCase.number(),
                file.state(),
                file.outcome(),
                file.handedOverAt(),
                file.endedAt(),
                dunningCase.currency(),
                lines.stream()
                        .map(Shown.Line::open)
                        .reduce(scaled(BigDecimal.ZERO, dunningCase.currency()), BigDecimal::add),
                lines,
                messages.of(file.id()).stream()
                        .map(one -> new Shown.Message(one.kind(), one.state(), one.sentAt(), one.subject(), one.body()))
                        .toList(),
                reports.of(file.id()).stream().map(Report::of).toList());
    }

    private static BigDecimal scaled(BigDecimal amount, String currency) {
        return Money.of(amount, currency).amount();
    }

    private AgencyFile file(String reference) {
        return files.find(reference).filter(this::mayBeSeen).orElseThrow(() -> notFound(reference));
    }

    /** Agencies see what was handed over to them, and nothing that is only being prepared. */
    private boolean mayBeSeen(AgencyFile file) {
        if (!user.isOutsider()) {
            return true;
        }
        return file.handedOverAt() != null
                && agencies.ofLogin(user.id())
                        .filter(own -> own.id().equals(file.agency()))
                        .isPresent();
    }

    private static ResponseStatusException notFound(String what) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return ResponseEntity.status(e.getStatusCode())
                .body(ProblemDetail.forStatusAndDetail(e.getStatusCode(), String.valueOf(e.getReason())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(RefusedException e) {
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(InvalidOutcomeException e) {
        return refused(e.field().equals(AgencyStep.NOTE) ? "text" : e.field(), String.valueOf(e.getMessage()));
    }

    /** What is no JSON, or has something else in a field than belongs there. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(HttpMessageNotReadableException e) {
        if (e.getCause() instanceof JsonMappingException wrong
                && !wrong.getPath().isEmpty()) {
            String field = String.valueOf(wrong.getPath().get(0).getFieldName());
            return refused(field, "This value does not belong there; see the guide for integrators");
        }
        return refused(null, "Send a JSON object, as the guide for integrators shows");
    }

    private static ResponseEntity<ProblemDetail> refused(@Nullable String field, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
        if (field != null) {
            problem.setProperty("field", field);
        }
        return ResponseEntity.badRequest().body(problem);
    }
}
