package org.dunlin.contact.sales;

import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.platform.security.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sends the overviews of the week by hand, for example after a Monday on which nothing ran. */
@RestController
class SalesOverviewApi {

    private final RuntimeService runtime;

    SalesOverviewApi(RuntimeService runtime) {
        this.runtime = runtime;
    }

    @PostMapping("/api/sales-overviews")
    @Roles({})
    @ResponseStatus(HttpStatus.ACCEPTED)
    void request() {
        runtime.startProcessInstanceByMessage(SalesOverviewProcess.MESSAGE_REQUESTED);
    }
}
