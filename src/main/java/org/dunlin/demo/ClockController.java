package org.dunlin.demo;

import java.time.Duration;
import java.time.Instant;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The clock of the demo: where it stands, and moving it forward. */
@RestController
@RequestMapping("/api/demo/clock")
@Roles(Groups.MANAGERS)
class ClockController {

    private static final int FARTHEST = 400;

    private final DunlinClock clock;
    private final TimeMachine timeMachine;
    private final boolean movable;

    ClockController(DunlinClock clock, TimeMachine timeMachine, DunlinProperties properties) {
        this.clock = clock;
        this.timeMachine = timeMachine;
        this.movable = properties.clockCanBeMoved();
    }

    /**
     * @param now     what the product takes for the present
     * @param ahead   of the machine's clock, in ISO 8601; negative when behind
     * @param movable whether it may be moved
     */
    record Standing(Instant now, Duration ahead, boolean movable) {}

    @GetMapping
    Standing standing() {
        return new Standing(clock.instant(), clock.shift(), movable);
    }

    /** Moves the clock; answers with the {@link Journey} when everything that fell due has happened. */
    @PostMapping
    ResponseEntity<?> move(@RequestParam int days) {
        if (!movable) {
            return refuse(HttpStatus.FORBIDDEN, "Only in the demo, or with a fixed date, can the clock be moved.");
        }
        if (days < 1 || days > FARTHEST) {
            return refuse(HttpStatus.BAD_REQUEST, "The clock can be moved by 1 to " + FARTHEST + " days at a time.");
        }
        try {
            return ResponseEntity.ok(timeMachine.moveDays(days));
        } catch (ClockUnderwayException e) {
            return refuse(HttpStatus.CONFLICT, "The clock is being moved already.");
        }
    }

    private static ResponseEntity<ProblemDetail> refuse(HttpStatus status, String detail) {
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail))
                .build();
    }
}
