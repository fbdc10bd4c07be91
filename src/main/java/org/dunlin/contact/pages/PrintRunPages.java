package org.dunlin.contact.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.dunlin.contact.post.Manifest;
import org.dunlin.contact.post.PrintRun;
import org.dunlin.contact.post.PrintRun.Letter;
import org.dunlin.contact.post.PrintRunProcess;
import org.dunlin.contact.post.PrintRuns;
import org.dunlin.contact.post.RunPrinter;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;

/** The print runs: what is in each, its files, and which envelopes are to be taken out. */
@Controller
@Roles({Groups.MAILROOM, Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class PrintRunPages {

    private static final int SHOWN = 100;
    private static final String RUN = PrintRunProcess.PAGES + "{number}";

    private final PrintRuns runs;
    private final RunPrinter printer;
    private final Manifest manifest;

    PrintRunPages(PrintRuns runs, RunPrinter printer, Manifest manifest) {
        this.runs = runs;
        this.printer = printer;
        this.manifest = manifest;
    }

    @GetMapping("/print-runs")
    String list(Model model) {
        model.addAttribute("runs", runs.latest(SHOWN));
        return "print-run/list";
    }

    /** Starts a run beside the one of the day. */
    @PostMapping("/api/print-runs")
    @Roles(Groups.MAILROOM)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void request() {
        runs.requestNow();
    }

    @GetMapping(RUN)
    String one(@PathVariable String number, Model model) {
        PrintRun run = get(number);
        Map<PrintRun.Fate, Integer> fates = new TreeMap<>();
        for (Letter letter : runs.letters(run.id())) {
            fates.merge(letter.fate(), 1, Integer::sum);
        }
        model.addAttribute("run", run);
        model.addAttribute("fates", fates);
        model.addAttribute("takeOut", runs.toTakeOut(run));
        return "print-run/one";
    }

    /** Made in a file first: what fails half-way must not look like a short run. */
    @GetMapping(RUN + PrintRunProcess.PDF)
    void letters(@PathVariable String number, HttpServletResponse response) throws IOException {
        PrintRun run = get(number);
        Path file = Files.createTempFile("dunlin-run", ".pdf");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                printer.print(run, out);
            }
            describe(response, MediaType.APPLICATION_PDF_VALUE, run.number() + ".pdf");
            response.setContentLengthLong(Files.size(file));
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.delete(file);
        }
    }

    @GetMapping(RUN + PrintRunProcess.MANIFEST)
    void manifest(@PathVariable String number, HttpServletResponse response) throws IOException {
        PrintRun run = get(number);
        byte[] pdf = manifest.pdf(run);
        describe(response, MediaType.APPLICATION_PDF_VALUE, run.number() + "-manifest.pdf");
        response.getOutputStream().write(pdf);
    }

    @GetMapping(RUN + PrintRunProcess.TABLE)
    void table(@PathVariable String number, HttpServletResponse response) throws IOException {
        PrintRun run = get(number);
        describe(response, "text/csv;charset=UTF-8", run.number() + "-manifest.csv");
        response.getOutputStream().write(manifest.table(run).getBytes(StandardCharsets.UTF_8));
    }

    private static void describe(HttpServletResponse response, String type, String file) {
        response.setContentType(type);
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.inline().filename(file).build().toString());
    }

    private PrintRun get(String number) {
        return runs.find(number).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
