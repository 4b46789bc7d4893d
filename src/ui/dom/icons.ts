/** Line icons, 20 × 20, as path data. */
export const ICONS = {
  undo: 'M7.5 3.5 3.5 7.5l4 4M3.5 7.5H12a4.3 4.3 0 0 1 0 8.6H7',
  redo: 'M12.5 3.5l4 4-4 4M16.5 7.5H8a4.3 4.3 0 0 0 0 8.6h5',
  home: 'M3 10.5 10 4l7 6.5M5 9v7.5h10V9',
  zoomIn: 'M10 4v12M4 10h12',
  zoomOut: 'M4 10h12',
  box: 'M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13M7.5 7.5h5v5h-5z',
  reseed: 'M15.7 7.2A6.3 6.3 0 1 0 16.3 11M16.3 3.2v4.3H12',
  controls: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 3.8v4.4M8 11.8v4.4',
  help: 'M7.2 7.4a2.8 2.8 0 1 1 4.3 2.4c-.9.6-1.5 1.1-1.5 2.2M10 14.9v.1',
  addPanel: 'M3.5 4.5h7v11h-7zM15 7v6M12 10h6',
  duplicatePanel: 'M3.5 7h8.5v9.5H3.5zM7 7V3.5h9.5V13H12',
  removePanel: 'M3.5 4.5h7v11h-7zM12.5 10h5.5',
  linkViews:
    'M8.3 11.7l3.4-3.4M9.5 6l1.6-1.6a3.2 3.2 0 0 1 4.5 4.5L14 10.5M10.5 14l-1.6 1.6a3.2 3.2 0 0 1-4.5-4.5L6 9.5',
  shareRange: 'M3.5 4h4v12h-4zM12.5 4h4v12h-4zM7.5 8h5M7.5 12h5',
  more: 'M4 10h.1M10 10h.1M16 10h.1',
  copyLink: 'M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5zM6 11.8h4.5M8.5 9.8l2 2-2 2',
  close: 'M5 5l10 10M15 5 5 15',
} as const;
