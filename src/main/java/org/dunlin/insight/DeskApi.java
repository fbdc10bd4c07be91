package org.dunlin.insight;

import java.util.List;
import org.dunlin.insight.MoneyWaiting.Waiting;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The figures of the day for programs, and for the scripts of Dunlin in Cockpit. */
@RestController
@RequestMapping("/api/desk")
@Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class DeskApi {

    private final DeskReader desk;
    private final MoneyWaiting money;

    DeskApi(DeskReader desk, MoneyWaiting money) {
        this.desk = desk;
        this.money = money;
    }

    @GetMapping
    DeskFigures today() {
        return desk.today();
    }

    /**
     * The money that waits at each activity of a process, over all its versions.
     *
     * @param definition id of any of its versions in the engine
     */
    @GetMapping("/activities")
    List<Waiting> activities(@RequestParam String definition) {
        return money.at(definition).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
