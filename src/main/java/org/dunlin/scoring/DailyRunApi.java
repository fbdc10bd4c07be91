package org.dunlin.scoring;

import java.util.List;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far the daily run is. */
@RestController
@Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class DailyRunApi {

    private final DailyRun dailyRun;

    DailyRunApi(DailyRun dailyRun) {
        this.dailyRun = dailyRun;
    }

    /** The runs that are under way; none when the morning's work is done. */
    @GetMapping("/api/daily-runs")
    List<DailyRun.UnderWay> underWay() {
        return dailyRun.underWay();
    }
}
