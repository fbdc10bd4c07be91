package org.dunlin.agency;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.agency.dossier.Dossiers;
import org.dunlin.platform.security.Roles;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The summary of a dossier before it goes, for who is to confirm. Who may not see the task does not see it. */
@Controller
@Roles.Everyone
class AgencyPages {

    /** Followed by the id of the task. */
    static final String DOSSIERS = "/agency/dossiers/";

    private static final String NOT_YET = "Draft";

    private final TaskService tasks;
    private final Agencies agencies;
    private final AgencyWording wording;
    private final Dossiers dossiers;

    AgencyPages(TaskService tasks, Agencies agencies, AgencyWording wording, Dossiers dossiers) {
        this.tasks = tasks;
        this.agencies = agencies;
        this.wording = wording;
        this.dossiers = dossiers;
    }

    @GetMapping(path = DOSSIERS + "{task}")
    ResponseEntity<byte[]> summary(@PathVariable String task) {
        if (tasks.createTaskQuery().taskId(task).count() == 0) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Map<String, Object> variables = tasks.getVariables(task, Set.of(AgencyStep.CASE_ID, AgencyStep.AGENCY));
        if (!(variables.get(AgencyStep.CASE_ID) instanceof Number caseId)
                || !(variables.get(AgencyStep.AGENCY) instanceof String chosen)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Agency agency = agencies.find(chosen).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        byte[] pdf = dossiers.summary(wording.order(caseId.longValue(), NOT_YET, agency, null));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        "Content-Disposition",
                        ContentDisposition.inline()
                                .filename("dossier-" + task + ".pdf")
                                .build()
                                .toString())
                .body(pdf);
    }
}
