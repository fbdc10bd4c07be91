/** The database: a server that is named, or an embedded one. */
package org.dunlin.platform.database;
