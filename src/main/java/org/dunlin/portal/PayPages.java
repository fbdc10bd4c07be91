package org.dunlin.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import org.dunlin.contact.link.PayLink;
import org.dunlin.contact.link.PayLinks;
import org.dunlin.platform.security.Roles;
import org.dunlin.portal.Checkout.State;
import org.dunlin.portal.PayText.News;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page of a link, for whoever has the link. Opening it changes nothing, because programs open the links of a mail before people do. A
 * link that is forged, mistyped, over or gone has one and the same answer.
 */
@Controller
class PayPages {

    /** Pressing the button may lead over several pages of the payment service and a bank; a browser wants all of them allowed. */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' https:; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private final PayLinks links;
    private final Debts debts;
    private final OnlinePayments payments;
    private final PayNow payNow;
    private final PayText text;
    private final WrongLinks wrongLinks;

    PayPages(PayLinks links, Debts debts, OnlinePayments payments, PayNow payNow, PayText text, WrongLinks wrongLinks) {
        this.links = links;
        this.debts = debts;
        this.payments = payments;
        this.payNow = payNow;
        this.text = text;
        this.wrongLinks = wrongLinks;
    }

    /** @param back the customer comes back from the payment service */
    @GetMapping(PayLink.PATH + "{token}")
    @Roles.Anonymous
    ModelAndView show(
            @PathVariable String token,
            @RequestParam(required = false) Optional<String> back,
            HttpServletRequest request,
            HttpServletResponse response) {
        addHeaders(response);
        return links.open(token)
                .flatMap(debts::of)
                .map(debt -> page(debt, back.isPresent() ? newsOf(debt.link()) : News.NONE))
                .orElseGet(() -> gone(request));
    }

    /** Leads to the payment service, to pay what is open at this moment. */
    @PostMapping(PayLink.PATH + "{token}")
    @Roles.Anonymous
    ModelAndView pay(@PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        addHeaders(response);
        Optional<Debt> open = links.open(token).flatMap(debts::of);
        if (open.isEmpty()) {
            return gone(request);
        }
        Debt debt = open.get();
        if (debt.toPay().isEmpty()) {
            return page(debt, News.NONE);
        }
        Optional<URI> service = payNow.begin(debt, token);
        if (service.isEmpty()) {
            return page(debt, News.UNAVAILABLE);
        }
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, service.get().toString());
        return new ModelAndView((org.springframework.web.servlet.View) (model, in, out) -> {});
    }

    private News newsOf(PayLink link) {
        return payments.latest(link.id())
                .map(payment -> {
                    if (payment.state() == State.PAID) {
                        return News.PAID;
                    }
                    return payment.state().isUnderWay() ? News.UNDER_WAY : News.NOT_PAID;
                })
                .orElse(News.NONE);
    }

    private ModelAndView page(Debt debt, News news) {
        ModelAndView page = new ModelAndView("portal/pay");
        page.addObject("pay", text.of(debt, news));
        return page;
    }

    private ModelAndView gone(HttpServletRequest request) {
        if (wrongLinks.tooMany(request.getRemoteAddr())) {
            ModelAndView nothing = new ModelAndView((org.springframework.web.servlet.View) (model, in, out) -> {});
            nothing.setStatus(HttpStatus.TOO_MANY_REQUESTS);
            return nothing;
        }
        ModelAndView page = new ModelAndView("portal/gone", HttpStatus.NOT_FOUND);
        page.addObject("gone", text.gone(Collections.list(request.getLocales())));
        return page;
    }

    private static void addHeaders(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
