import type { StoredNetwork } from './storedNetwork.ts';

/**
 * Scores of five turns, from where another aircraft is (ahead, left; 1 is 10 km) and its heading (1 is 180 degrees);
 * scripts/figures/train_advisory.py trained it.
 */
export const advisoryNetwork: StoredNetwork = {
  widths: [3, 25, 25, 25, 5],
  numbers: [
    'H_yQCJnxLvmu8L8PdPyiEDYARgCo_DYHBPOl80X1EQAQA_QEM_cM-lQBkgdF-gIODPfJ-nMRRela9y4AT_VLCXL0Wv4E96fpxvgxEQ8BVQS0AO',
    'H11f0s88jyLvtKC-YLVvhU_qkLNwvmB2AIuQv7-9kD3vN87Kb1zgGICEH1BgBJEVf3JQilBU4Q1RNm87IAFgdWHEkFpw9YARMA0wYH-c_2Mghp',
    'Cdr6w__0-oQEnP46B477ugOOCY0JLANtAvf1UQiv_zgAtQDBBwcI9fx-7Gr48f9Q_UfxK-Yl78_z-vxA-rQGigaRBwUMbwQT_yry3P1OBYncC_',
    'WU_-f4_Pu1_fL-r_bC_lcF0v4S6-wHVgxP5zz_jAbu_5UFQQWUBQX_VP1GCY3_BADC-L78Af1N_Vr_wQG7Aer8_wF__VP_tP5i_1__If09_YD_',
    'CwCM_jUBH_3J_9ACsv7kAikBHf1eAW8AffYFA3ADBgG7AWgBzv0tCIwFTPdo_tD-svW9AwAFvP4EAbj8YfxS-0n92_eJAmn_dwGV_fj8JP7KAR',
    '_-6AEoAdz_Xv_R_uz_ev5L_8j_w_yI_cYBZ_0q_2oCaQAw_4j84wTVAlkAcgRG96UAFgA1AuoPbQXu-uH-Vv1j_Gj0v_wxA6n-wwAx_Xfx-QU2',
    'AjsEwf3t-Nv_6wEG-90Hev_JAMAC-9cA-mjvxwFdCn4BcgTzA8T9-AKWCL8Duvgc_Q_7Yf_HAjoCyQsQBPgBg_caACD-EfuiCfMFSRGJ-8ADPA',
    'GX_JL36QXE_GX7x_VvIHIFqPk1AQr3dv3AClb6E_45_Xz-8_5nA1vsgAPJ6nUAkfiaAE0I5_uq_xIBDgQ9_bzg-gGW7w4AhwkcAjMB8f27-HwN',
    'nPwCAfoBEv8b9ZQGBwO_-_gCzP5L_0EDLAJEBTUC1zkpARME1fduAiQA4AaH_A0DrPOyALkAYwGxCnkJ9fWK9aD7FPqm7er_9ANe9ZX5yvkQ_s',
    'UJzP_z-4zltgFv-2ACRgr28VUC9gNpAtL7iPp-ArETEADOAD35h_-sBen8rvpX9dEBewQsBWXs3Px4ANX-XP2uAZr_4fyLAcoBJv0uAK_9J_6Z',
    'AVn_rvyD_vL9Cv9-_3YCKgDe_TQAz_9tAhv-owet7sT9A_-I_WsD6AN38wr38w6HAxf8zAP0BFICJAXs_q8Bx_hZELP6bAE9-Uzx3gH1AAj_tQ',
    'BI_QkCZf_AAIH8V_4R_C_-2f_O_AUB6ACm_xP90_wD_-gAYAILAaT_SQAx_KH8fgGd_dwAvv29_V39qwH__nYCSwHFAXv_W_5O_9X_lgEm_f4B',
    'p_88_UX-OQLtAi7srQKbAS8DOgLN_VwBlAOJ8NIHtf_NAjUE3_iT8c4CHgDrAN0CaASAAKfl3gPW_I0GEQRCB4P4BQHu-9wDKwbB_pz26fxB-b',
    'P4y_rZAgz7e_7_BAwAmv6N-1EIqwEt9-j2-PuO_O_8JwP6_Z0Auf_r_uD-vAEnAOL8HP6B_jQB7v2cAuH-BP8ZApwBtwJxAZ_-4P1a_9IDcQMI',
    '-Yj27AEX_0fw0fGn-Ab-3_SuAPIG9gPMDWYRQArgANoB9QFk84oA_PuPBOAEHfxN_fP9eQFi_db9KwDz_A78Z_6m_kL8DAFG_QYASwEFAAj_Lw',
    'Hs_7v90QE0_2z7gf3t_lIFTgc7_RX2bQHs_bAB9RU5_Vv3u_ptDBzh8APh-2T_CP4R_239oAI8Bi0DywC58-8EmfqZDIwBUgoE_3wCLwU4BKgI',
    'ZgRpA3kKoP9u_7wBS_y_A38B2wcB_w4CNwH-CgoDpv4s-Y8EswGt-igDIQO__mPtQAe57hnxBAJWAssAwgg3AzwEewAT-xwHjwVf_jH_nwC-_U',
    'oAI_1l_y79p_94_4kBKf45AST_r_2K_MH7IAKX_jb_tf_rAPUBmALv_J_-wPwl_lcDkQVw_eoDlP17_yAETgCGANf7eQKKAiT8kgLy_Mf8fQBI',
    'Bq_-BABPAYn9-__uAPb95ROLAmgCyQGn_4_8fNpi_g_mWv9PAij0i_twBhMBwv1HBV8I7_27BIP_5Pjx-G4AxQAxEqYIGv5oB7L9pP6J_eP4F_',
    'hp_MEBwvpz_Rv_YAErAFQIv_0-AX78oP8t-K36pv9vAJ0Bkv-NAjwCrgAN_63-wfwLABT_5P3OAD0BnANBAWwBdgB3ACsAFALOA6L_kv5Z_1UA',
    'ogSb88v-3P6g_xEIyORzAUH8UvM97b_9_P1t_DIAgf-sAcwGNQFxA4P-YfFlAP7n7f-N_5kBpv6o_eoAj_yC_4f-eQF9_E8BjwIEADr_igKi_h',
    '__7v2P_yAA0P_F_i38nf9O_xYGjfwcA3QBLf-7_nPt6MZYDj0AJve5-Y38pQZWAkr-pgqzC90BXAsQAXr84_oX_JUAMgKaAukClwFAAgr_Cf3Q',
    '_hj_xP0YAZQAAwDGAEICKgGz_Bj9aQH1_wABT_x4_HYBDAKtCtQDgP2VBL4BHf7x-TDsywKC_jHs6P2W_dkIx_23AFcP-wfcAKwDqf-G7s_8z_',
    'N8_-v9fABi_cr8wwLq_j79RgM8B-L9R_84_YgC_vrw_XAABf5ZABcB0wEPAnsCCwIGAPv-K_-cANICwvseAcz9sfu2AE_9pP8G_bL81P76_R8B',
    'RwBsAYX_-f4LAkr_wP8E_-T-mP68AT3r-_99_bb-twWz7-Dmk__47g710f7HAHUCGP_KARMKhAkm_g7_BQFt3_n-HewJ_1IEwfVMATgGlwFZBX',
    '_1lQBN_3vqbOMPAZ3-wQBvAQf-hgrACSv-IQ7g_zfzuP3U52gB8gv1BQgCYgPw_Q_6Bvwn_ET_1f31_tX6HQGqAcj_8v0xDv0HowFdAwACpQFX',
    '_Yf_NwTR_Nf8Pv9BAFIA1P6o_er-ef_DAM__1f-6_xz-_v3Y_hQAfPz9Abv-Qf-q_bz6-P-t_6UGcu6GAk_7nv64_Kn5BvmQAXUBfO0L-6D_Zw',
    'bx_Qj90gRqCXz9RAZlACn_Tv38ACT-bQ7D78j92gL3_VX9sQJy3VwBHgRP8FH43v9lDdD8xv8REbkNAf4pCA_-IvA2-jAAGv4aASP8T_0u_-kB',
    'Xvyl_c8ClP50ACj8W_6J_cgByQCq_b7_Hf-v_l39LP7CAdv8zvw2_mcHGwQZAE4Gn_1U_fABS9_A9C8He_opBukBkwyg_N3_DQo_B58CwgA7_U',
    'b7tPVZ957-Cw7IDPoCz_6W_kL4VPyTCqHiH_67_03wHQElBsj94fxFC04IZ_43-UgDGu0F_KEGZwBAAYb_nwEPArj-owDlAfX98voUAVL-0gEY',
    'AbMDJP58_WwDYQJo_d_-JP6D_ev-CABcABwBWAJ1AV78HwF5AKgB2PwRAd4BYfy6_wQCwfy5AGoBNwCNAp8C_AEC_yECEfyB_cX-SRJwBIIBwv',
    'xYAkX4nAIj-hr8q_-A4yv2KgFSDgj9KwIoDkMItv8CA8H8AeuN_Iv9gvyM_6QBpQFsACsCMgPi-1H9UADc-4YDZPs8AJ_61QEHAt_6eftfAsv9',
    'QwDGAZr_AgOL_VgB3_7Q_mD-v_02_nr8ZQJ8AKb9LP7HAAr-FwBRAPz9DgBX_8sCHP55_gQCpfx0_1sC1g1pBdcCkgRIAMP_BgCh5sjzBQdS-O',
    '4CnfwFCGsAsAGRCv0BtP2P_W7-Rfbq9i39yv8sASUC7AH--yoAVf9l_TX_BgHjAfj9E_2x_ar7VgDO-SoCrwCCAMAFNf0i_7n_1wBaAHYBxQJD',
    '_T_-NADCBakB8_A4_xv9fgyKALP_mAKp_YncGgHR9GgA8P5R_1YAbv_N_bH7MB_o8mf_rv2c_egBkgD8-_b-2_5FA5MBKeRs_dz2KBUKADz2zP',
    '9x_qcBsOg0_7IArfVsAOAE0v-6Dh8Bkuaw_kP4BP-OAIrtgvtb_SP9MPp5BRYBe_E3AGj-hf9mBDf_NgLv_azeGuaP_kz_iACfAtwBRf_s_TUC',
    'a_97Ab4E8AJf-s4EkwAQ-WrfCf1FAeoAZ_41AkLxTP-iAgD-yOQZ_t78Tf6c_DH_gAGVGDLeS__A_Zn-RAKe_hrvdQDF_oMBuAFe__79ywF-AM',
    'f-xf6E_bb8',
  ].join(''),
};
