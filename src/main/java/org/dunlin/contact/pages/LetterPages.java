package org.dunlin.contact.pages;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.contact.log.LetterArchive;
import org.dunlin.contact.text.Paper;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.dunning.engine.HoldProcesses;
import org.dunlin.dunning.engine.StepProcesses;
import org.dunlin.platform.security.Roles;
import org.springframework.context.NoSuchMessageException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The letter of a task, ready to be printed. Who may not see the task does not see its letter. */
@Controller
@Roles.Everyone
class LetterPages {

    private static final Set<String> NAMES = Set.of(
            StepProcesses.LETTER_TEMPLATE,
            StepProcesses.LETTER_TEXT,
            DunningCaseProcess.CASE_ID,
            HoldProcesses.HOLD_ID);

    private final TaskService tasks;
    private final Paper paper;
    private final LetterArchive archive;
    private final Clock clock;

    LetterPages(TaskService tasks, Paper paper, LetterArchive archive, Clock clock) {
        this.tasks = tasks;
        this.paper = paper;
        this.archive = archive;
        this.clock = clock;
    }

    @GetMapping(path = StepProcesses.LETTERS + "{task}")
    ResponseEntity<byte[]> letter(@PathVariable String task) {
        Task found = tasks.createTaskQuery().taskId(task).singleResult();
        if (found == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Map<String, Object> variables = tasks.getVariables(task, NAMES);
        if (!(variables.get(StepProcesses.LETTER_TEMPLATE) instanceof String template)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        byte[] pdf = pages(template, variables);
        if (variables.get(StepProcesses.LETTER_TEXT) instanceof String words) {
            archive.printed(found.getProcessInstanceId(), words, pdf, clock.instant());
        }
        return printed(task, pdf);
    }

    private byte[] pages(String template, Map<String, Object> variables) {
        try {
            if (variables.get(HoldProcesses.HOLD_ID) instanceof Number hold) {
                return paper.notice(hold.longValue(), template);
            }
            if (variables.get(DunningCaseProcess.CASE_ID) instanceof Number dunningCase) {
                return paper.letter(dunningCase.longValue(), template);
            }
        } catch (IllegalArgumentException | NoSuchMessageException e) {
            // Some papers are no letters, for example the dossier for an agency.
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, e.getMessage(), e);
        }
        throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private static ResponseEntity<byte[]> printed(String task, byte[] pdf) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        "Content-Disposition",
                        ContentDisposition.inline()
                                .filename("letter-" + task + ".pdf")
                                .build()
                                .toString())
                .body(pdf);
    }
}
