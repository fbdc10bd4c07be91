package org.dunlin.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.webapp.impl.security.filter.util.CsrfConstants;
import org.dunlin.desk.Page.Link;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page what {@code desk/layout} needs. */
@ControllerAdvice(annotations = Controller.class)
class PageFrame {

    private static final String[] WITH_TASKLIST = {
        Groups.JUNIOR_COLLECTORS,
        Groups.SENIOR_COLLECTORS,
        Groups.SALES,
        Groups.DISPUTES,
        Groups.MAILROOM,
        Groups.MANAGERS
    };

    private static final String[] WITH_CUSTOMERS = {
        Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS
    };

    private final CurrentUser user;

    PageFrame(CurrentUser user) {
        this.user = user;
    }

    @ModelAttribute("page")
    Page page(HttpServletRequest request) {
        return new Page(
                user.login().orElse(null),
                csrf(request),
                user.login().isPresent() ? links() : List.of(),
                user.isInAnyOf(WITH_CUSTOMERS));
    }

    private List<Link> links() {
        List<Link> links = new ArrayList<>();
        if (user.isInAnyOf(WITH_TASKLIST)) {
            links.add(new Link(
                    "Tasklist",
                    "/camunda/app/tasklist/default/",
                    "Calls, letters and decisions that wait for a person."));
            if (user.isInAnyOf(WITH_CUSTOMERS)) {
                links.add(new Link(
                        "Customers", "/customers", "Find whoever is on the phone: all about them on one page."));
            }
            links.add(new Link("Contact log", "/contacts", "Everything that was said to a customer, as it was sent."));
        }
        if (user.isInAnyOf(Groups.SENIOR_COLLECTORS, Groups.MANAGERS)) {
            links.add(new Link(
                    "Portfolio",
                    "/portfolio",
                    "Customers by size and payment behaviour, what they owe, and who moved."));
        }
        if (user.isInAnyOf(Groups.MAILROOM, Groups.SENIOR_COLLECTORS, Groups.MANAGERS)) {
            links.add(new Link("Print runs", "/print-runs", "Letters that are printed and posted together."));
        }
        if (user.isInAnyOf(Groups.MANAGERS, Groups.DESIGNERS)) {
            links.add(new Link(
                    "Cockpit",
                    "/camunda/app/cockpit/default/",
                    "Where every case stands on its ladder, and what got stuck."));
        }
        if (user.isInAnyOf(Groups.DESIGNERS)) {
            links.add(new Link("Texts", "/templates", "Every message in every language, as customers read it."));
        }
        if (user.isAdmin()) {
            links.add(new Link("Admin", "/camunda/app/admin/default/", "People, groups and what they may do."));
        }
        return links;
    }

    private static @Nullable String csrf(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : (String) session.getAttribute(CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME);
    }
}
