package org.dunlin.contact.twilio;

import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Twilio tells what becomes of a message or call. */
@RestController
class StatusController {

    private final DeliveryReports reports;

    StatusController(DeliveryReports reports) {
        this.reports = reports;
    }

    /** What we cannot make anything of is taken note of too: told again it would be no clearer. */
    @PostMapping(TwilioWebhooks.STATUS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Roles.Anonymous
    void status(
            @RequestParam(name = TwilioWebhooks.REFERENCE, required = false) @Nullable String contact,
            @RequestParam(name = "MessageSid", required = false) @Nullable String message,
            @RequestParam(name = "MessageStatus", required = false) @Nullable String messageStatus,
            @RequestParam(name = "CallSid", required = false) @Nullable String call,
            @RequestParam(name = "CallStatus", required = false) @Nullable String callStatus,
            @RequestParam(name = "ErrorCode", required = false) @Nullable String error) {
        String sid = message != null ? message : call;
        if (sid == null) {
            return;
        }
        Integer code = error != null && error.matches("[1-9]\\d{0,5}") ? Integer.valueOf(error) : null;
        Reference.parse(contact)
                .ifPresent(
                        reference -> reports.told(reference, sid, message != null ? messageStatus : callStatus, code));
    }
}
