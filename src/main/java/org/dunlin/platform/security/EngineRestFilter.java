package org.dunlin.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;

/** HTTP Basic before all of engine-rest; the list of engines, open in the original, included. Who is not of the house has no business here. */
class EngineRestFilter extends ProcessEngineAuthenticationFilter {

    private final CurrentUser user;

    EngineRestFilter(CurrentUser user) {
        this.user = user;
    }

    @Override
    protected boolean requiresEngineAuthentication(String requestUrl) {
        return true;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        super.doFilter(request, response, (authenticated, answer) -> {
            if (user.isOutsider()) {
                ((HttpServletResponse) answer).sendError(HttpServletResponse.SC_FORBIDDEN);
            } else {
                chain.doFilter(authenticated, answer);
            }
        });
    }
}
