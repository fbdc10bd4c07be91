/** Who may do what: users, groups, authorizations, and the filters before every endpoint. */
package org.dunlin.platform.security;
