// A file of its own: the page's policy runs no scripts that stand in it.
window.addEventListener('load', () => {
  window.SwaggerUIBundle({
    urls: [{ name: 'Platform (v2)', url: '/openapi/v2.json' }],
    dom_id: '#api',
    deepLinking: true,
    docExpansion: 'none',
    filter: true,
    showExtensions: true,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis, window.SwaggerUIStandalonePreset],
    layout: 'StandaloneLayout',
  });
});
