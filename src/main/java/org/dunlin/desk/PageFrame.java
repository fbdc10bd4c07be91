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
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
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

    static final String[] WITH_CUSTOMERS = {
        Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS
    };

    private final CurrentUser user;
    private final MessageSource texts;

    PageFrame(CurrentUser user, MessageSource texts) {
        this.user = user;
        this.texts = texts;
    }

    @ModelAttribute("page")
    Page page(HttpServletRequest request) {
        return new Page(
                user.login().orElse(null),
                csrf(request),
                user.login().isPresent() ? links() : List.of(),
                user.isInAnyOf(WITH_CUSTOMERS),
                "iframe".equals(request.getHeader("Sec-Fetch-Dest")));
    }

    private List<Link> links() {
        List<Link> links = new ArrayList<>();
        if (user.isInAnyOf(WITH_TASKLIST)) {
            links.add(link("tasklist", "/camunda/app/tasklist/default/"));
            if (user.isInAnyOf(WITH_CUSTOMERS)) {
                links.add(link("customers", "/customers"));
            }
            links.add(link("contacts", "/contacts"));
        }
        if (user.isInAnyOf(Groups.SENIOR_COLLECTORS, Groups.MANAGERS)) {
            links.add(link("portfolio", "/portfolio"));
        }
        if (user.isInAnyOf(Groups.MAILROOM, Groups.SENIOR_COLLECTORS, Groups.MANAGERS)) {
            links.add(link("printRuns", "/print-runs"));
        }
        if (user.isInAnyOf(Groups.MANAGERS, Groups.DESIGNERS)) {
            links.add(link("cockpit", "/camunda/app/cockpit/default/"));
        }
        if (user.isInAnyOf(Groups.DESIGNERS)) {
            links.add(link("texts", "/templates"));
        }
        if (user.isAdmin()) {
            links.add(link("admin", "/camunda/app/admin/default/"));
        }
        return links;
    }

    private Link link(String key, String path) {
        return new Link(text("link." + key), path, text("link." + key + ".about"));
    }

    private String text(String key) {
        return texts.getMessage(key, null, LocaleContextHolder.getLocale());
    }

    private static @Nullable String csrf(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : (String) session.getAttribute(CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME);
    }
}
