package org.dunlin.contact.sending;

import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows whether messages leave, and lets them leave again after a back-up was restored. */
@RestController
@RequestMapping("/api/sending")
class SendingApi {

    private static final Logger log = LoggerFactory.getLogger(SendingApi.class);

    private final Sending sending;
    private final RestoredBackup backup;
    private final CurrentUser user;

    SendingApi(Sending sending, RestoredBackup backup, CurrentUser user) {
        this.sending = sending;
        this.backup = backup;
        this.user = user;
    }

    @GetMapping
    @Roles(Groups.MANAGERS)
    Sending.State state() {
        return sending.state();
    }

    @PostMapping("/release")
    @Roles({})
    Sending.State release() {
        if (sending.release(user.id())) {
            backup.sent();
            log.warn("Messages leave again; {} released them", user.id());
        }
        return sending.state();
    }
}
