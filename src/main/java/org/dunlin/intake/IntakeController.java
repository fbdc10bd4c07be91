package org.dunlin.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.dunlin.intake.IntakeReport.State;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** Files by REST: the same way into the ledger as the inbox, with the report as the answer. */
@RestController
@RequestMapping("/api/intake")
@Roles(Groups.MANAGERS)
class IntakeController {

    /** Each holds a database connection while it runs; more would only take turns. */
    private static final int AT_A_TIME = 3;

    private static final int LONGEST_NAME = 150;
    private static final int MOST_REPORTS = 500;

    private final Folders folders;
    private final ClaimLocks locks;
    private final Intake intake;
    private final IntakeRuns runs;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    IntakeController(Folders folders, ClaimLocks locks, Intake intake, IntakeRuns runs) {
        this.folders = folders;
        this.locks = locks;
        this.intake = intake;
        this.runs = runs;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<IntakeReport> multipart(@RequestParam("file") MultipartFile file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return bringIn(String.valueOf(file.getOriginalFilename()), in);
        }
    }

    /** The body is the file. Not as a form, because the server would read it as one. */
    @PostMapping(
            consumes = {
                "text/csv",
                "application/csv",
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            })
    ResponseEntity<IntakeReport> body(@RequestParam("file") String fileName, HttpServletRequest request)
            throws IOException {
        return bringIn(fileName, request.getInputStream());
    }

    @GetMapping("/reports")
    List<IntakeReport> reports(@RequestParam(name = "limit", defaultValue = "50") int limit) {
        return runs.latest(Math.max(1, Math.min(limit, MOST_REPORTS)));
    }

    /** Of a run that has ended or still goes on. */
    @GetMapping("/reports/{id}")
    IntakeReport report(@PathVariable("id") long id) {
        return runs.byId(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no run " + id + "."));
    }

    private ResponseEntity<IntakeReport> bringIn(String givenName, InputStream in) throws IOException {
        String name = checked(givenName);
        if (!places.tryAcquire()) {
            throw new ResponseStatusException(
                    HttpStatus.TOO_MANY_REQUESTS, AT_A_TIME + " files are being brought in already; try again later.");
        }
        try {
            IntakeReport report = bringIn(Folders.newClaim(name), in, locks);
            return ResponseEntity.status(report.state() == State.DONE ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY)
                    .body(report);
        } finally {
            places.release();
        }
    }

    private IntakeReport bringIn(String claim, InputStream in, ClaimLocks claims) throws IOException {
        ClaimLocks.Lock lock = claims.tryLock(claim).orElseThrow();
        Path arriving = folders.uploading(claim);
        try {
            Files.copy(in, arriving);
            Folders.move(arriving, folders.processing(claim));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(arriving);
            lock.close();
            throw e;
        }
        Intake.Run run;
        try {
            run = intake.take(lock);
        } catch (RuntimeException e) {
            // The file is in place: the inbox goes on with it.
            lock.close();
            throw e;
        }
        try (run) {
            boolean more = true;
            while (more) {
                more = run.step();
            }
        }
        return runs.byId(run.id()).orElseThrow();
    }

    /** A plain name of a file: no folders, no control characters. */
    private static String checked(String name) {
        boolean plain = !name.isBlank()
                && name.length() <= LONGEST_NAME
                && !name.startsWith(".")
                && name.codePoints().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
        if (!plain) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "Give the plain name of the file, for example invoices.csv.");
        }
        return name;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return ResponseEntity.status(e.getStatusCode())
                .body(ProblemDetail.forStatusAndDetail(e.getStatusCode(), String.valueOf(e.getReason())));
    }
}
