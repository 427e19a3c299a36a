<?xml version="1.0" encoding="UTF-8"?>
<!-- Shows a sitemap to people who open it in a browser. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:map="http://www.sitemaps.org/schemas/sitemap/0.9" exclude-result-prefixes="map">
  <xsl:output method="html" encoding="UTF-8" indent="yes"/>
  <xsl:template match="/">
    <html lang="en">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width"/>
        <title>Sitemap</title>
        <style>
          body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.5 sans-serif; }
          table { border-collapse: collapse; width: 100%; }
          td, th { padding: .25rem .75rem .25rem 0; text-align: start; border-bottom: 1px solid #ccc; }
        </style>
      </head>
      <body>
        <h1>Sitemap</h1>
        <p>This list is for search engines: <xsl:value-of select="count(//map:loc)"/> addresses.</p>
        <table>
          <tr><th>Address</th><th>Last change</th></tr>
          <xsl:for-each select="map:sitemapindex/map:sitemap | map:urlset/map:url">
            <tr>
              <td><a href="{map:loc}"><xsl:value-of select="map:loc"/></a></td>
              <td><xsl:value-of select="substring(map:lastmod, 1, 10)"/></td>
            </tr>
          </xsl:for-each>
        </table>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
