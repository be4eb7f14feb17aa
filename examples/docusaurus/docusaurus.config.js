// @ts-check

/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'Waiting for the GIL',
  url: 'https://docs.example.org',
  // With another one, the addresses below and in the pages begin with it: '/docs/gil/'.
  baseUrl: '/',
  onBrokenLinks: 'throw',

  // The playground is expected in the folder gil/ of the built site. For one that is hosted
  // elsewhere, put its address here and in the pages: 'https://gil.example.org/embed.js'.
  scripts: [{src: '/gil/embed.js', async: true}],

  presets: [
    [
      'classic',
      {
        docs: {path: 'docs', routeBasePath: '/', sidebarPath: false},
        blog: false,
      },
    ],
  ],
};

export default config;
