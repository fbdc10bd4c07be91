package org.dunlin.desk;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.models.ModelDeployer;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.DemoLogins;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first two pages: how to get in, and where to go from there. */
@Controller
class StartPage {

    private final CurrentUser user;
    private final IdentityService identity;
    private final ModelDeployer models;
    private final DunlinProperties properties;
    private final Clock clock;

    StartPage(
            CurrentUser user,
            IdentityService identity,
            ModelDeployer models,
            DunlinProperties properties,
            Clock clock) {
        this.user = user;
        this.identity = identity;
        this.models = models;
        this.properties = properties;
        this.clock = clock;
    }

    @GetMapping("/login")
    @Roles.Anonymous
    String login(@RequestParam(required = false) @Nullable String next, Model model) {
        if (user.login().isPresent()) {
            return "redirect:/";
        }
        model.addAttribute("next", isOurs(next) ? next : "/");
        model.addAttribute("demoLogins", properties.demoMode() ? DemoLogins.ALL : List.of());
        return "desk/login";
    }

    @GetMapping("/")
    @Roles.Everyone
    String start(Model model) {
        model.addAttribute("name", firstName());
        model.addAttribute("today", LocalDate.now(clock));
        model.addAttribute("clockCanBeMoved", properties.clockCanBeMoved() && user.isInAnyOf(Groups.MANAGERS));
        model.addAttribute("kept", user.isInAnyOf(Groups.DESIGNERS) ? models.keptForDesigners() : List.of());
        return "desk/start";
    }

    private String firstName() {
        User account = identity.createUserQuery().userId(user.id()).singleResult();
        String name = account == null ? null : account.getFirstName();
        return name == null || name.isBlank() ? user.id() : name;
    }

    /** A link in a mail must not use our login to lead on to somebody else's page. */
    private static boolean isOurs(@Nullable String next) {
        return next != null && next.matches("/([^/\\\\].*)?") && next.chars().noneMatch(c -> c < ' ');
    }
}
