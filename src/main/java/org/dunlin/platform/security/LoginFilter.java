package org.dunlin.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.filter.CsrfPreventionFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Nothing of Dunlin's own answers without a login. A person comes with the session of Camunda's web applications, so one login
 * opens all of them; a program comes with HTTP Basic. Either way engine and product know the user while the request lasts.
 */
class LoginFilter extends OncePerRequestFilter {

    private static final String BASIC = "Basic ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final IdentityService identity;
    private final String engineName;
    private final String restPath;
    private final AuthenticationFilter session = new AuthenticationFilter();
    private final CsrfPreventionFilter csrf = new CsrfPreventionFilter();

    /** @param restPath where engine-rest is; it has a filter of its own */
    LoginFilter(IdentityService identity, String engineName, String restPath) {
        this.identity = identity;
        this.engineName = engineName;
        this.restPath = restPath;
    }

    @Override
    protected void initFilterBean() throws ServletException {
        var config = getFilterConfig();
        if (config != null) {
            session.init(config);
            csrf.init(config);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = Paths.of(request);
        if (Paths.isCamunda(path)) {
            if (Paths.isSetup(path)) {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
            } else {
                chain.doFilter(request, response);
            }
            return;
        }
        if (Paths.isForOutsiders(path)) {
            addHeaders(response);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            chain.doFilter(request, response);
            return;
        }
        if (isWriting(request) && isFromElsewhere(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        if (Paths.isIn(path, restPath)) {
            chain.doFilter(request, response);
            return;
        }
        addHeaders(response);
        if (Paths.isOpen(path)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (Paths.isLogin(path)) {
            session.doFilter(request, response, (req, res) -> csrf.doFilter(req, res, chain));
        } else if (hasBasic(request)) {
            withBasic(request, response, chain);
        } else {
            withSession(request, response, chain);
        }
    }

    private void withSession(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpSession existing = request.getSession(false);
        if (existing == null) {
            refuse(request, response);
            return;
        }
        session.doFilter(request, response, (req, res) -> {
            Authentications current = Authentications.getCurrent();
            if (current != null && current.hasAuthenticationForProcessEngine(engineName)) {
                csrf.doFilter(req, res, guardActuator(chain));
            } else {
                refuse(request, response);
            }
        });
    }

    private void withBasic(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> user = checkBasic(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (user.isEmpty()) {
            refuse(request, response);
            return;
        }
        List<String> groups = identity.createGroupQuery().groupMember(user.get()).list().stream()
                .map(Group::getId)
                .toList();
        identity.setAuthentication(user.get(), groups);
        try {
            guardActuator(chain).doFilter(request, response);
        } finally {
            identity.clearAuthentication();
        }
    }

    /** Spring's interceptors do not stand before the actuator. */
    private FilterChain guardActuator(FilterChain chain) {
        return (request, response) -> {
            if (request instanceof HttpServletRequest http
                    && Paths.isActuator(Paths.of(http))
                    && !identity.getCurrentAuthentication().getGroupIds().contains(Groups.ADMINS)) {
                ((HttpServletResponse) response).sendError(HttpServletResponse.SC_FORBIDDEN);
            } else {
                chain.doFilter(request, response);
            }
        };
    }

    private Optional<String> checkBasic(String header) {
        String decoded;
        try {
            decoded = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = decoded.indexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        String user = decoded.substring(0, colon);
        return identity.checkPassword(user, decoded.substring(colon + 1)) ? Optional.of(user) : Optional.empty();
    }

    private static boolean hasBasic(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    private static boolean isWriting(HttpServletRequest request) {
        return !READING.contains(request.getMethod());
    }

    /**
     * A page of somebody else that makes a browser write with the login it remembers. Programs send neither header. Only the
     * host is compared: behind a proxy the scheme may differ.
     */
    private static boolean isFromElsewhere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !origin.replaceFirst("^[a-z]+://", "").equals(request.getHeader(HttpHeaders.HOST));
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean page = acceptsPages(request.getHeader(HttpHeaders.ACCEPT));
        if (page && !isWriting(request)) {
            String query = request.getQueryString();
            String wanted = request.getRequestURI() + (query == null ? "" : "?" + query);
            boolean start = wanted.equals(request.getContextPath() + "/");
            String next = start ? "" : "?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
            // Relative, so that it is right behind a proxy too.
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + Paths.LOGIN + next);
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        // A browser would open a window of its own on this header; a program may wait for it.
        if (!page && request.getHeader("Sec-Fetch-Mode") == null) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Dunlin\", charset=\"UTF-8\"");
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getWriter().write("{\"status\":401,\"error\":\"Login required\"}");
    }

    private static boolean acceptsPages(@Nullable String accept) {
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML_VALUE);
    }

    /** What a page of ours may load and who may frame it; a controller with other needs overwrites it. */
    private static void addHeaders(HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                        + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'self'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
}
