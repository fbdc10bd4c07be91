package org.dunlin.desk.customer;

import java.util.List;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the form of a call shows while the phone rings. Who may not see the task hears that there is none. */
@RestController
@RequestMapping("/api/calls/{task}")
@Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class CallApi {

    private final CallPictures calls;

    CallApi(CallPictures calls) {
        this.calls = calls;
    }

    @GetMapping
    CallPicture call(@PathVariable String task) {
        return calls.of(task);
    }

    /** The form is open at whoever asks; answered with who else has the customer open. */
    @PostMapping("/presence")
    List<Presences.Colleague> present(@PathVariable String task) {
        return calls.present(task);
    }

    @DeleteMapping("/presence")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void gone(@PathVariable String task) {
        calls.gone(task);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return ResponseEntity.status(e.getStatusCode())
                .body(ProblemDetail.forStatusAndDetail(e.getStatusCode(), String.valueOf(e.getReason())));
    }
}
