// Package web is the page kit: routes as values, one request as a Page, pages rendered whole or not at all, errors
// answered in one place, and the components every page is made of. Together with the packages named …web it is the only
// one that knows HTTP. DESIGN.md says why it is as it is.
package web
